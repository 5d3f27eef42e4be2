using Coos.Evaluator.Statistics;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// A low percentile, by default the tenth, of the accuracies of groups, linearly interpolated (WILDS' tenth percentile accuracy of
/// users: <c>numpy.percentile</c> of the accuracies of the groups with images).
/// </summary>
/// <remarks>
/// The groups are the units: the interval is that of order statistics, for groups like these (Conover, "Practical Nonparametric
/// Statistics", 3rd ed. 1999, section 3.2). Deviations are those of a bootstrap of groups with a fixed seed.
/// </remarks>
public sealed class GroupPercentileAccuracy : Metric
{
    private const double Tail = 0.025;

    /// <inheritdoc/>
    public override MetricId Id => MetricId.GroupPercentileAccuracy;

    internal override MetricEstimate? Compute(MetricSplit split, PredictionSet predictions)
    {
        if (split.Group is not { } groups || !groups.Images.Any(g => g.Length > 0))
        {
            return null;
        }

        double[] accuracies = [.. groups.Images.Where(g => g.Length > 0).Select(g => ComputeAccuracy(split, g, predictions))];
        var deviations = new GroupBootstrap(accuracies.Length).Deviate(values => Percentile(values, split.Ranking.Percentile), accuracies);
        var sorted = accuracies.Order().ToArray();
        var loss = Info.ToLoss(Percentile(accuracies, split.Ranking.Percentile));
        var share = split.Ranking.Percentile / 100.0;
        var (lower, upper) = (FindLower(sorted.Length, share), FindUpper(sorted.Length, share));
        return new MetricEstimate(Info, loss, new UnitDeviations(deviations, null))
        {
            LossInterval = lower < 0 || upper >= sorted.Length ? null : new Interval(1 - sorted[upper], 1 - sorted[lower]),
            Method =
                lower < 0 || upper >= sorted.Length
                    ? $"none: {sorted.Length} groups are too few to bound a percentile"
                    : $"of groups (order statistics of {sorted.Length} {groups.Name} values)",
        };
    }

    /// <summary>Computes a percentile as NumPy does: linear between the values at both sides of (n - 1) p / 100.</summary>
    internal static double Percentile(ReadOnlySpan<double> values, int percentile)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var place = (sorted.Length - 1) * percentile / 100.0;
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    private static double ComputeAccuracy(MetricSplit split, int[] images, PredictionSet predictions) =>
        images.Count(i => predictions.Classes[i] == split.Actual[i]) / (double)images.Length;

    /// <summary>The largest place r with P(at most r groups are below the percentile) of 2.5% at most; -1 if there is none.</summary>
    private static int FindLower(int groups, double share)
    {
        var (place, sum) = (-1, 0.0);
        for (var r = 0; r < groups; r++)
        {
            sum += Binomial.Probability(r, groups, share);
            if (sum > Tail)
            {
                break;
            }

            place = r;
        }

        return place;
    }

    /// <summary>The smallest place r with P(at least r + 1 groups are below the percentile) of 2.5% at most, or one beyond all.</summary>
    private static int FindUpper(int groups, double share)
    {
        var (place, sum) = (groups, 0.0);
        for (var r = groups; r > 0; r--)
        {
            sum += Binomial.Probability(r, groups, share);
            if (sum > Tail)
            {
                break;
            }

            place = r - 1;
        }

        return place;
    }
}
