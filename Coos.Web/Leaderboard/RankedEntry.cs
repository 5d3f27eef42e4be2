namespace Coos.Web.Leaderboard;

/// <summary>An entry with its place.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Rank">From 1, shared by equals (1, 2, 2, 4); null unless every ranking split is scored.</param>
/// <param name="Score">The mean balanced error over the ranking splits, 0..1; null unless every one is scored.</param>
/// <param name="Gap">The score minus the balanced error on the reference split; null where either is missing.</param>
public sealed record RankedEntry(LeaderboardEntry Entry, int? Rank, double? Score, double? Gap);
