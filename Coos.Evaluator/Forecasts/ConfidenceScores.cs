using Coos.Evaluator.Statistics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Forecasts;

/// <summary>How confident an entry is of each image, from its probabilities.</summary>
public static class ConfidenceScores
{
    // Keeps the logarithm of 0 finite, as in the program of Garg et al.
    private const double Added = 1e-20;

    /// <summary>Computes the largest probability of each image, 0..1.</summary>
    /// <param name="probabilities">The probabilities.</param>
    public static double[] ComputeMaximum(ClassProbabilities probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        var (scores, buffer) = (new double[probabilities.Images], new double[probabilities.ClassCount]);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = ProbabilityRow.Largest(probabilities.RowOf(i, buffer));
        }

        return scores;
    }

    /// <summary>Computes the negative entropy of each image, sum of p ln(p + 1e-20), from -ln K to 0.</summary>
    /// <param name="probabilities">The probabilities.</param>
    public static double[] ComputeNegativeEntropy(ClassProbabilities probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        var (scores, buffer) = (new double[probabilities.Images], new double[probabilities.ClassCount]);
        for (var i = 0; i < scores.Length; i++)
        {
            foreach (var p in probabilities.RowOf(i, buffer))
            {
                scores[i] += p * Math.Log(p + Added);
            }
        }

        return scores;
    }
}
