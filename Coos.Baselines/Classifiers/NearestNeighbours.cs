using Coos.Baselines.Features;

namespace Coos.Baselines.Classifiers;

/// <summary>
/// k nearest neighbours with scikit-learn's defaults: Euclidean distance, one vote per neighbour, the lowest class on a tie.
/// </summary>
public sealed class NearestNeighbours : IClassifier
{
    /// <summary>The number of neighbours in the paper.</summary>
    public const int DefaultNeighbours = 11;

    private readonly NeighbourSearch _search;
    private readonly int[] _labels;
    private readonly int _classes;

    /// <summary>Creates the classifier from training images.</summary>
    /// <param name="training">The training set, with at least as many images as neighbours.</param>
    /// <param name="neighbours">The number of neighbours that vote, at least 1.</param>
    /// <exception cref="BaselineException">There are fewer images than neighbours.</exception>
    public NearestNeighbours(TrainingSet training, int neighbours = DefaultNeighbours)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(neighbours);
        if (training.Labels.Length < neighbours)
        {
            throw new BaselineException(
                $"{neighbours} nearest neighbours need at least {neighbours} training images; there are {training.Labels.Length}"
            );
        }

        Training = training;
        Neighbours = neighbours;
        _search = new NeighbourSearch(training.Features);
        _labels = training.Labels;
        _classes = training.Classes;
    }

    /// <summary>The number of neighbours that vote.</summary>
    public int Neighbours { get; }

    /// <summary>The training images.</summary>
    internal TrainingSet Training { get; }

    /// <inheritdoc />
    public FeatureMatrix Predict(FeatureMatrix features, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        var votes = new FeatureMatrix(features.Rows, _classes);
        _search.Search(features, Neighbours, (query, images) => Vote(images, votes.Row(query)), cancellation);
        return votes;
    }

    private void Vote(ReadOnlySpan<int> images, Span<double> votes)
    {
        foreach (var image in images)
        {
            votes[_labels[image]]++;
        }

        foreach (ref var vote in votes)
        {
            vote /= Neighbours;
        }
    }
}
