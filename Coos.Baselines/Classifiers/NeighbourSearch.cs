using Coos.Baselines.Features;

namespace Coos.Baselines.Classifiers;

/// <summary>Receives the nearest training images of an image; several threads call it.</summary>
/// <param name="query">The row of the image.</param>
/// <param name="images">The rows of the training images, the nearest first.</param>
internal delegate void NeighboursFound(int query, ReadOnlySpan<int> images);

/// <summary>Finds the nearest training images by Euclidean distance.</summary>
/// <remarks>
/// Brute force: the kernel takes 4 queries and two vectors of training images at a time. Vector lanes are training images, and
/// a distance is summed in the order of the features, so results do not depend on the vector width of the machine.
/// </remarks>
public sealed class NeighbourSearch
{
    private const int QueriesAtOnce = 4;

    private readonly FeatureMatrix _training;
    private readonly TrainingPanels _panels;

    /// <summary>Prepares a search.</summary>
    /// <param name="training">The standardised features of the training images.</param>
    public NeighbourSearch(FeatureMatrix training)
    {
        ArgumentNullException.ThrowIfNull(training);
        _training = training;
        _panels = new TrainingPanels(training);
    }

    /// <summary>Finds the nearest training images of each image, with their distances.</summary>
    /// <param name="features">The standardised features of the images.</param>
    /// <param name="count">The number of training images per image, at most their number.</param>
    /// <param name="skipSelf">Whether the images are the training images, of which none is its own neighbour.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Per image the rows of the training images and their distances, nearest first; of equal ones, the earlier first.</returns>
    public (int Image, double Distance)[][] Find(
        FeatureMatrix features,
        int count,
        bool skipSelf = false,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(features);
        var searched = skipSelf ? count + 1 : count;
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(searched, _training.Rows);
        var found = new (int, double)[features.Rows][];
        Array.Fill(found, []);
        if (count > 0)
        {
            Search(features, searched, (query, images) => found[query] = Measure(features, query, images, count, skipSelf), cancellation);
        }

        return found;
    }

    /// <summary>Finds the nearest training images of each image.</summary>
    internal void Search(FeatureMatrix features, int count, NeighboursFound found, CancellationToken cancellation)
    {
        var groups = (features.Rows + QueriesAtOnce - 1) / QueriesAtOnce;
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(
            0,
            groups,
            parallel,
            () => new Workspace(features.Columns, count),
            (group, _, work) =>
            {
                Search(features, group * QueriesAtOnce, work);
                for (var q = 0; q < QueriesAtOnce && (group * QueriesAtOnce) + q < features.Rows; q++)
                {
                    found((group * QueriesAtOnce) + q, work.Nearest[q].Images);
                }

                return work;
            },
            _ => { }
        );
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

    /// <summary>Computes the distances in double precision, which the search orders in single precision.</summary>
    private (int Image, double Distance)[] Measure(FeatureMatrix features, int query, ReadOnlySpan<int> images, int count, bool skipSelf)
    {
        var row = features.Row(query);
        var measured = new List<(int Image, double Distance)>(images.Length);
        foreach (var image in images)
        {
            if (!skipSelf || image != query)
            {
                measured.Add((image, Math.Sqrt(SquaredDistance(row, _training.Row(image)))));
            }
        }

        return [.. measured.OrderBy(m => m.Distance).ThenBy(m => m.Image).Take(count)];
    }

    private static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
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
