using Coos.Baselines.Features;

namespace Coos.Baselines.Classifiers;

/// <summary>
/// k nearest neighbours with scikit-learn's defaults: Euclidean distance, one vote per neighbour, the lowest class on a tie.
/// </summary>
/// <remarks>
/// Brute force: the kernel takes 4 queries and two vectors of training images at a time. Vector lanes are training images, and
/// a distance is summed in the order of the features, so results do not depend on the vector width of the machine.
/// </remarks>
public sealed class NearestNeighbours : IClassifier
{
    /// <summary>The number of neighbours in the paper.</summary>
    public const int DefaultNeighbours = 11;

    private const int QueriesAtOnce = 4;

    private readonly TrainingPanels _panels;
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
        _panels = new TrainingPanels(training.Features);
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
        var groups = (features.Rows + QueriesAtOnce - 1) / QueriesAtOnce;
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(
            0,
            groups,
            parallel,
            () => new Workspace(features.Columns, Neighbours),
            (group, _, work) =>
            {
                Search(features, group * QueriesAtOnce, work);
                for (var q = 0; q < QueriesAtOnce && (group * QueriesAtOnce) + q < features.Rows; q++)
                {
                    Vote(work.Nearest[q], votes.Row((group * QueriesAtOnce) + q));
                }

                return work;
            },
            _ => { }
        );
        return votes;
    }

    private void Search(FeatureMatrix features, int first, Workspace work)
    {
        work.Load(features, first);
        for (var panel = 0; panel < _panels.Count; panel++)
        {
            _panels.ComputeDistances(panel, work.Queries, work.Distances);
            for (var q = 0; q < QueriesAtOnce; q++)
            {
                var distances = work.Distances.AsSpan(q * TrainingPanels.Width, TrainingPanels.Width);
                work.Nearest[q].Offer(distances, panel * TrainingPanels.Width);
            }
        }
    }

    private void Vote(Nearest nearest, Span<double> votes)
    {
        foreach (var image in nearest.Images)
        {
            votes[_labels[image]]++;
        }

        foreach (ref var vote in votes)
        {
            vote /= Neighbours;
        }
    }

    /// <summary>The buffers of a thread.</summary>
    private sealed class Workspace(int columns, int neighbours)
    {
        public float[] Queries { get; } = new float[QueriesAtOnce * columns];

        public float[] Distances { get; } = new float[QueriesAtOnce * TrainingPanels.Width];

        public Nearest[] Nearest { get; } = [.. Enumerable.Range(0, QueriesAtOnce).Select(_ => new Nearest(neighbours))];

        /// <summary>Loads four queries, feature by feature; repeats the last one if there are fewer.</summary>
        public void Load(FeatureMatrix features, int first)
        {
            for (var q = 0; q < QueriesAtOnce; q++)
            {
                var row = features.Row(Math.Min(first + q, features.Rows - 1));
                for (var d = 0; d < columns; d++)
                {
                    Queries[(d * QueriesAtOnce) + q] = (float)row[d];
                }

                Nearest[q].Clear();
            }
        }
    }
}
