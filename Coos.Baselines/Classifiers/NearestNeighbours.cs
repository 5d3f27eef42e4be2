using Coos.Baselines.Features;

namespace Coos.Baselines.Classifiers;

/// <summary>k nearest neighbours: Euclidean distance, every neighbour one vote, the lowest class on a tie, as scikit-learn's default.</summary>
/// <remarks>
/// Brute force: a kernel takes 4 queries and two vectors of training images at a time. Lanes are training images, and a
/// distance is summed in the order of the features, so results do not depend on how wide the machine's vectors are.
/// </remarks>
public sealed class NearestNeighbours : IClassifier
{
    /// <summary>The paper's number of neighbours.</summary>
    public const int DefaultNeighbours = 11;

    private const int QueriesAtOnce = 4;

    private readonly TrainingPanels _panels;
    private readonly int[] _labels;
    private readonly int _classes;

    /// <summary>Keeps the training images.</summary>
    /// <param name="training">N images, N at least the number of neighbours.</param>
    /// <param name="neighbours">How many neighbours vote.</param>
    /// <exception cref="BaselineException">There are fewer images than neighbours.</exception>
    public NearestNeighbours(TrainingSet training, int neighbours = DefaultNeighbours)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(neighbours);
        if (training.Labels.Length < neighbours)
        {
            throw new BaselineException($"{neighbours} nearest neighbours need {neighbours} training images or more; there are {training.Labels.Length}");
        }

        Training = training;
        Neighbours = neighbours;
        _panels = new TrainingPanels(training.Features);
        _labels = training.Labels;
        _classes = training.Classes;
    }

    /// <summary>How many neighbours vote.</summary>
    public int Neighbours { get; }

    /// <summary>The images that are compared with.</summary>
    internal TrainingSet Training { get; }

    /// <inheritdoc />
    public FeatureMatrix Predict(FeatureMatrix features, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        var votes = new FeatureMatrix(features.Rows, _classes);
        var groups = (features.Rows + QueriesAtOnce - 1) / QueriesAtOnce;
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(
            0, groups, parallel,
            () => new Work(features.Columns, Neighbours),
            (group, _, work) =>
            {
                Search(features, group * QueriesAtOnce, work);
                for (var q = 0; q < QueriesAtOnce && (group * QueriesAtOnce) + q < features.Rows; q++)
                {
                    Vote(work.Nearest[q], votes.Row((group * QueriesAtOnce) + q));
                }

                return work;
            },
            _ => { });
        return votes;
    }

    private void Search(FeatureMatrix features, int first, Work work)
    {
        work.Load(features, first);
        for (var panel = 0; panel < _panels.Count; panel++)
        {
            _panels.Distances(panel, work.Queries, work.Distances);
            for (var q = 0; q < QueriesAtOnce; q++)
            {
                work.Nearest[q].Offer(work.Distances.AsSpan(q * TrainingPanels.Width, TrainingPanels.Width), panel * TrainingPanels.Width);
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

    /// <summary>Work space of a thread.</summary>
    private sealed class Work(int columns, int neighbours)
    {
        public float[] Queries { get; } = new float[QueriesAtOnce * columns];

        public float[] Distances { get; } = new float[QueriesAtOnce * TrainingPanels.Width];

        public Nearest[] Nearest { get; } = [.. Enumerable.Range(0, QueriesAtOnce).Select(_ => new Nearest(neighbours))];

        /// <summary>Takes four queries, the last again where there are fewer; feature by feature, four queries each.</summary>
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
