using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Disclosures.Attacks;

/// <summary>
/// A guarded benchmark with made-up labels, and the predictions of an honest method that errs in the same share of each class, on
/// random images, and predicts each wrong class equally often: what the information bound assumes.
/// </summary>
/// <remarks>Half of the clusters of each class are public, the others sealed. Only public images are scored during the attack.</remarks>
internal sealed class SimulatedBenchmark
{
    /// <summary>p, the share in which the honest method errs.</summary>
    public const double HonestError = 0.1;

    private const int ImagesPerCluster = 10;

    private readonly ushort[] _labels;
    private readonly double[][] _weights;

    private SimulatedBenchmark(BenchmarkShape shape, ushort[] labels, ushort[] honest, int[] splits, bool[] isPublic)
    {
        Shape = shape;
        _labels = labels;
        Honest = honest;
        Splits = splits;
        IsPublic = isPublic;
        _weights =
        [
            .. shape.PublicSizes.Select(sizes => sizes.Select(n => 1.0 / (shape.PublicSizes.Length * shape.Classes * n)).ToArray()),
        ];
        Bound = InformationBound.ForBalancedError(shape.PublicSizes, shape.Classes);
    }

    /// <summary>Its size.</summary>
    public BenchmarkShape Shape { get; }

    /// <summary>The predictions of the honest method.</summary>
    public ushort[] Honest { get; }

    /// <summary>The split of each image.</summary>
    public int[] Splits { get; }

    /// <summary>Whether each image is scored during the attack.</summary>
    public bool[] IsPublic { get; }

    /// <summary>The bound of its public part.</summary>
    public InformationBound Bound { get; }

    /// <summary>Draws labels, clusters and honest predictions.</summary>
    public static SimulatedBenchmark Create(BenchmarkShape shape, ref SplitMix mix)
    {
        List<(ushort Label, int Split, bool IsPublic)> images = [];
        for (var s = 0; s < shape.PublicSizes.Length; s++)
        {
            for (var k = 0; k < shape.Classes; k++)
            {
                var size = shape.PublicSizes[s][k];
                if (size % ImagesPerCluster != 0)
                {
                    throw new ArgumentException($"{size} images of a class are not whole clusters of {ImagesPerCluster}.", nameof(shape));
                }

                bool[] clusters = [.. Enumerable.Range(0, 2 * size / ImagesPerCluster).Select(c => c % 2 == 0)];
                Shuffle(clusters, ref mix);
                foreach (var isPublic in clusters)
                {
                    images.AddRange(Enumerable.Repeat(((ushort)k, s, isPublic), ImagesPerCluster));
                }
            }
        }

        var shuffled = images.ToArray();
        Shuffle(shuffled, ref mix);
        var honest = shuffled.Select(i => i.Label).ToArray();
        foreach (var group in shuffled.Index().GroupBy(i => i.Item).ToList())
        {
            int[] members = [.. group.Select(i => i.Index)];
            Shuffle(members, ref mix);
            foreach (var i in members[..(int)Math.Round(HonestError * members.Length)])
            {
                honest[i] = (ushort)((shuffled[i].Label + 1 + mix.Below(shape.Classes - 1)) % shape.Classes);
            }
        }

        return new SimulatedBenchmark(
            shape,
            [.. shuffled.Select(i => i.Label)],
            honest,
            [.. shuffled.Select(i => i.Split)],
            [.. shuffled.Select(i => i.IsPublic)]
        );
    }

    /// <summary>Shuffles in place (Fisher and Yates).</summary>
    public static void Shuffle<T>(T[] items, ref SplitMix mix)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = mix.Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Returns the true class of an image; only scores and informants may ask.</summary>
    public ushort Label(int image) => _labels[image];

    /// <summary>Returns the largest weight of an image of a split in the ranking error.</summary>
    public double LargestWeight(int split) => _weights[split].Max();

    /// <summary>Computes the balanced error of each split on the public part.</summary>
    public double[] ComputeErrors(ushort[] predictions)
    {
        var errors = new double[Shape.PublicSizes.Length];
        for (var i = 0; i < predictions.Length; i++)
        {
            if (IsPublic[i] && predictions[i] != _labels[i])
            {
                errors[Splits[i]] += _weights[Splits[i]][_labels[i]] * errors.Length;
            }
        }

        return errors;
    }

    /// <summary>Computes the mean balanced error, which ranks, on one of the two parts.</summary>
    public double ComputeRankingError(ushort[] predictions, bool onPublic)
    {
        var error = 0.0;
        for (var i = 0; i < predictions.Length; i++)
        {
            if (IsPublic[i] == onPublic && predictions[i] != _labels[i])
            {
                error += _weights[Splits[i]][_labels[i]];
            }
        }

        return error;
    }

    /// <summary>
    /// Computes the mean and the variance of the gain that changed predictions of one part have if nothing is known about its labels
    /// but the sizes of the classes and the honest predictions.
    /// </summary>
    public (double Mean, double Variance) ComputeChance(ushort[] predictions, bool onPublic)
    {
        var (mean, variance) = (0.0, 0.0);
        for (var i = 0; i < predictions.Length; i++)
        {
            if (IsPublic[i] == onPublic && predictions[i] != Honest[i])
            {
                var s = Splits[i];
                var sizes = Shape.PublicSizes[s];
                var wrong = HonestError / (Shape.Classes - 1);
                var all = sizes.Sum(n => n * wrong) + (sizes[Honest[i]] * (1 - HonestError - wrong));
                var (lost, won) = (sizes[Honest[i]] * (1 - HonestError) / all, sizes[predictions[i]] * wrong / all);
                var (loss, win) = (_weights[s][Honest[i]], _weights[s][predictions[i]]);
                var expected = (won * win) - (lost * loss);
                mean += expected;
                variance += (won * win * win) + (lost * loss * loss) - (expected * expected);
            }
        }

        return (mean, variance);
    }
}
