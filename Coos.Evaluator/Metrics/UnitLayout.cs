using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// Turns the influences of images into the variance of a loss. Influences are centred within each class, because labels are fixed and
/// only predictions vary; the variance between clusters is that of <see cref="ClusterLayout"/>.
/// </summary>
/// <remarks>
/// The influence of an image is the derivative of the loss with respect to its weight (Huber and Ronchetti, "Robust Statistics", 2nd ed.
/// 2009, section 1.3; for the accuracy of a class it is the deviation that <see cref="ClusterLayout"/> uses). Classes with fewer than five
/// units are centred together, as small strata are in surveys (Cochran, "Sampling Techniques", 3rd ed. 1977, section 5A.12): the
/// variance is then rather too large than too small.
/// </remarks>
internal sealed class UnitLayout
{
    /// <summary>With fewer images or clusters, a class is centred together with others.</summary>
    public const int MinUnits = 5;

    /// <summary>With more classes all are centred together: degrees of freedom take memory and time by the square of the classes.</summary>
    public const int MaxStrata = 500;

    private readonly ushort[] _strata;
    private readonly int[] _sizes;
    private readonly ClusterLayout? _clusters;

    /// <summary>Creates the layout.</summary>
    /// <param name="split">The labels, of at least one image.</param>
    /// <param name="isBalanced">Whether classes count alike, rather than images.</param>
    public UnitLayout(MetricSplit split, bool isBalanced)
    {
        Clusters = split.Clusters;
        var images = Collapse(split.Actual, split.ClassCount, [.. Enumerable.Range(0, split.Actual.Length)]);
        (_strata, _sizes) = (images, Count(images, split.ClassCount));
        EffectiveImages = isBalanced
            ? split.Present * (double)split.Present / split.ClassImages.Where(n => n > 0).Sum(n => 1.0 / n)
            : split.Actual.Length;
        if (Clusters is not null)
        {
            var strata = Collapse(split.Actual, split.ClassCount, Clusters.Ids);
            _clusters = new ClusterLayout(strata, split.ClassCount, Clusters, countsImages: !isBalanced);
        }
    }

    /// <summary>The clusters; null if images are independent.</summary>
    public Clusters? Clusters { get; }

    /// <summary>The number of images with the same uncertainty as this part, if all are equally difficult.</summary>
    public double EffectiveImages { get; }

    /// <summary>Computes the deviations of the units.</summary>
    /// <param name="influences">The influence of each image of this part; a constant per class does not matter.</param>
    public UnitDeviations Deviate(ReadOnlySpan<double> influences)
    {
        var means = new double[_sizes.Length];
        for (var i = 0; i < influences.Length; i++)
        {
            means[_strata[i]] += influences[i] / _sizes[_strata[i]];
        }

        var images = new double[influences.Length];
        for (var i = 0; i < influences.Length; i++)
        {
            double n = _sizes[_strata[i]];
            images[i] = n < 2 ? 0 : (influences[i] - means[_strata[i]]) * Math.Sqrt(n / (n - 1));
        }

        return new UnitDeviations(images, _clusters?.ComputeDeviations(influences));
    }

    /// <summary>Computes the variance by cluster.</summary>
    /// <param name="deviations">The result of <see cref="Deviate"/>, or a difference of two.</param>
    /// <returns>The variance; null without clusters, or if there is only one.</returns>
    public ClusterVariance? ComputeVariance(UnitDeviations deviations) =>
        deviations.Clusters is { } clusters ? _clusters?.ComputeVariance(clusters) : null;

    /// <summary>Replaces classes with few units by one class that has enough of them.</summary>
    private static ushort[] Collapse(ushort[] actual, int classCount, int[] units)
    {
        var counts = actual.Zip(units).Distinct().GroupBy(p => p.First).ToDictionary(g => g.Key, g => g.Count());
        var ordered = counts.OrderBy(c => c.Value).ThenBy(c => c.Key).ToList();
        var merged = counts.Count > MaxStrata ? ordered.Count : ordered.Count(c => c.Value < MinUnits);
        while (merged > 0 && merged < ordered.Count && ordered.Take(merged).Sum(c => c.Value) < MinUnits)
        {
            merged++;
        }

        if (merged == 0)
        {
            return actual;
        }

        var into = ordered[0].Key;
        var names = new ushort[classCount];
        for (var k = 0; k < classCount; k++)
        {
            names[k] = (ushort)k;
        }

        foreach (var (k, _) in ordered.Take(merged))
        {
            names[k] = into;
        }

        return [.. actual.Select(k => names[k])];
    }

    private static int[] Count(ushort[] strata, int classCount)
    {
        var sizes = new int[classCount];
        foreach (var k in strata)
        {
            sizes[k]++;
        }

        return sizes;
    }
}
