namespace Coos.Evaluator.Statistics;

/// <summary>The difference of two proportions of the same images.</summary>
public static class PairedProportion
{
    /// <summary>Computes the 95% interval of (b - c) / n.</summary>
    /// <remarks>
    /// The difference ± 1.96 sqrt(V), V as in <see cref="PairedComparison.Compute"/> for one class: half an image added to b and
    /// to c (Agresti and Min, "Simple improved confidence intervals for comparing matched proportions", Statistics in Medicine 24, 2005).
    /// </remarks>
    /// <param name="b">The number of images counted only for the first submission.</param>
    /// <param name="c">The number of images counted only for the second submission.</param>
    /// <param name="images">n, the number of images, at least 1.</param>
    /// <param name="clusterHalfWidth">Half the width by cluster, 0 if unknown: the wider of the two intervals is used.</param>
    public static Interval ComputeInterval(int b, int c, int images, double clusterHalfWidth = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        ArgumentOutOfRangeException.ThrowIfNegative(c);
        ArgumentOutOfRangeException.ThrowIfLessThan(images, Math.Max(1, b + c));

        var difference = (double)(b - c) / images;
        double n = images + 2;
        double more = b - c;
        var half = Math.Max(Wilson.Normal975 * Math.Sqrt((b + c + 1 - (more * more / n)) / (n * n)), clusterHalfWidth);
        return new Interval(Math.Max(-1, difference - half), Math.Min(1, difference + half));
    }
}
