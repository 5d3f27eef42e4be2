namespace Coos.Shared.Benchmarks;

/// <summary>What the leaderboard ranks by: the mean of a metric over some splits; lower is better.</summary>
/// <param name="Metric">Always <c>balancedError</c>.</param>
/// <param name="Splits">The names of the splits that count.</param>
public sealed record Ranking(string Metric, IReadOnlyList<string> Splits);
