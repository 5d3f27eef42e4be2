using Coos.Shared.Metrics;

namespace Coos.Server.Comparisons;

/// <summary>A comparison of two entries by the mean that determines the rank: that of the ranking metric over the ranking splits.</summary>
public sealed record RankingComparison
{
    /// <summary>The ranking splits.</summary>
    public required IReadOnlyList<string> Splits { get; init; }

    /// <summary>The ranking metric; absent for the balanced error.</summary>
    public MetricId? Metric { get; init; }

    /// <summary>A's mean loss: the balanced error, 0..1, or 1 - the value of a metric whose higher values are better.</summary>
    public required double ErrorA { get; init; }

    /// <summary>B's mean loss.</summary>
    public required double ErrorB { get; init; }

    /// <summary>A's mean loss minus B's; negative if A is better.</summary>
    public required double Difference { get; init; }

    /// <summary>The 95% interval of the difference, lower and upper.</summary>
    public required double[] DifferenceInterval { get; init; }

    /// <summary>The two-sided p of no difference: that of the leaderboard before the adjustment for all pairs.</summary>
    public required double P { get; init; }

    /// <summary>The better entry if p is at most 5%: <c>a</c> or <c>b</c>; absent if no difference is shown.</summary>
    public Side? Better { get; init; }

    /// <summary>What the intervals say about the benchmark's margin; absent without a margin.</summary>
    public MarginVerdict? Verdict { get; init; }

    /// <summary>Whether the 90% interval is within ±margin; absent without a margin.</summary>
    public bool? WithinMargin { get; init; }

    /// <summary>
    /// The 90% interval of the difference, lower and upper, for equivalence: with the variance that a difference of the margin would
    /// have, if it is larger. Absent without a margin.
    /// </summary>
    public double[]? EquivalenceInterval { get; init; }

    /// <summary>The method of the interval and p, in words.</summary>
    public required string Method { get; init; }
}
