namespace Coos.Server.Comparisons;

/// <summary>Two entries on the number that ranks: the mean balanced error over the ranking splits.</summary>
public sealed record RankingComparison
{
    /// <summary>The ranking splits.</summary>
    public required IReadOnlyList<string> Splits { get; init; }

    /// <summary>A's mean balanced error, 0..1.</summary>
    public required double ErrorA { get; init; }

    /// <summary>B's mean balanced error, 0..1.</summary>
    public required double ErrorB { get; init; }

    /// <summary>A's mean minus B's, -1..1: negative where A is better.</summary>
    public required double Difference { get; init; }

    /// <summary>The 95% interval of the difference, lower and upper.</summary>
    public required double[] DifferenceInterval { get; init; }

    /// <summary>The two-sided p of no difference, a mid-p: the leaderboard's own, before it is adjusted for all pairs.</summary>
    public required double P { get; init; }

    /// <summary>Which is better at a p of at most 5%: <c>a</c> or <c>b</c>; absent where they cannot be told apart.</summary>
    public Side? Better { get; init; }

    /// <summary>How interval and p were made, in words.</summary>
    public required string Method { get; init; }
}
