using Coos.Shared.Predictions;

namespace Coos.Evaluator.Statistics;

/// <summary>
/// The labels of a board's ranking splits, laid out for fast tests of all pairs of submissions by the ranking metric.
/// </summary>
public interface IRankingLayout
{
    /// <summary>The unit of the tests: "image", or the label column of the clusters; "well or plate" if splits differ.</summary>
    string Unit { get; }

    /// <summary>The number of units in all splits.</summary>
    int Units { get; }

    /// <summary>Whether wells of few plates are the units of some split, so that the tests say nothing about other plates.</summary>
    bool AreOfThesePlatesOnly { get; }

    /// <summary>Whether the predictions that are encoded must have probabilities.</summary>
    bool NeedsProbabilities { get; }

    /// <summary>Encodes the predictions of a submission for the tests.</summary>
    /// <param name="predictions">The predictions of each split, in the order of the splits; of all its images.</param>
    EncodedPredictions Encode(IReadOnlyList<PredictionSet> predictions);

    /// <summary>Screens a pair: its p, or a fast bound of it.</summary>
    ScreenedPair Screen(EncodedPredictions first, EncodedPredictions second);

    /// <summary>Computes the two-sided p of no difference between two submissions.</summary>
    double ComputeP(EncodedPredictions first, EncodedPredictions second);

    /// <summary>Computes the difference of a pair with its variances: the loss of the second minus that of the first.</summary>
    RankingDifference Compare(EncodedPredictions first, EncodedPredictions second);
}
