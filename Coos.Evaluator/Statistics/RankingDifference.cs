namespace Coos.Evaluator.Statistics;

/// <summary>The difference of two submissions by the ranking metric: the mean balanced error over the ranking splits.</summary>
/// <param name="Value">The error of the second minus that of the first, -1..1; positive if the first is better.</param>
/// <param name="PerImage">The variance for independent images, of <see cref="PairTest.ComputeVariance"/>.</param>
/// <param name="ByCluster">The variance by cluster; null for independent images, or if a class has only one cluster.</param>
/// <param name="Discordance">The share of images that only one of them gets right, 0..1, averaged over classes and splits.</param>
public readonly record struct RankingDifference(double Value, double PerImage, ClusterVariance? ByCluster, double Discordance)
{
    /// <summary>The largest difference that is possible: 1 for shares; infinity for losses without a bound.</summary>
    public double Bound { get; init; } = 1;

    /// <summary>
    /// Half the width of the 95% interval: the larger of 1.96 sqrt(V) per image and t sqrt(V) by cluster.
    /// </summary>
    public double HalfWidth => Math.Max(Wilson.Normal975 * Math.Sqrt(PerImage), ByCluster?.HalfWidth ?? 0);

    /// <summary>The standard error and degrees of freedom of the wider interval, for intervals of another confidence.</summary>
    public DifferenceError Error =>
        ByCluster is { } wider && wider.HalfWidth > Wilson.Normal975 * Math.Sqrt(PerImage)
            ? new DifferenceError(Math.Sqrt(wider.Variance), wider.Degrees)
            : new DifferenceError(Math.Sqrt(PerImage), double.PositiveInfinity);

    /// <summary>Computes the 95% interval, within its bounds, that contains 0 if a p is above 5%.</summary>
    /// <param name="p">The p of the difference: <see cref="P"/>, or a larger one of another test.</param>
    public Interval ComputeInterval(double p)
    {
        var half = p > RankIntervals.Level ? Math.Max(HalfWidth, Math.Abs(Value)) : HalfWidth;
        return new Interval(Math.Max(-Bound, Value - half), Math.Min(Bound, Value + half));
    }

    /// <summary>
    /// The two-sided p of no difference that agrees with the interval: the larger of the p per image and by cluster. 1 if the value is 0.
    /// </summary>
    public double P =>
        Value == 0 || PerImage == 0 ? 1 : Math.Max(Normal.TwoSided(Value / Math.Sqrt(PerImage)), ByCluster?.ComputeP(Value) ?? 0);
}
