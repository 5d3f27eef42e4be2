using System.Text.Json.Serialization;
using Coos.Shared.Submissions;

namespace Coos.Server.Leaderboards.Final;

/// <summary>The final ranking of a closed benchmark: by the sealed part of its labels, beside the scores on the public part.</summary>
public sealed record FinalRanking
{
    /// <summary>The level of the test, after Holm's correction.</summary>
    public const double Level = 0.05;

    /// <summary>The benchmark's slug.</summary>
    public required string Benchmark { get; init; }

    /// <summary>When the benchmark was closed, UTC.</summary>
    public required DateTime ClosedAt { get; init; }

    /// <summary>The share of the clusters of each class that was sealed; of the images if the benchmark names no cluster.</summary>
    public required double Share { get; init; }

    /// <summary>The median difference of the baselines, which nobody fitted to the public part; absent without baselines.</summary>
    public double? BaselineDifference { get; init; }

    /// <summary>
    /// How much the difference of the submitters' best entries grows with their number of tries; absent with fewer than five accounts and
    /// teams, or if all made the same number.
    /// </summary>
    public OverfittingDocument? Gauge { get; init; }

    /// <summary>The entries with predictions, best first on the sealed part.</summary>
    public required IReadOnlyList<FinalEntry> Entries { get; init; }

    /// <summary>The entries that made significantly more errors on the sealed part.</summary>
    [JsonIgnore]
    public IReadOnlyList<FinalEntry> Fell => field ??= [.. Entries.Where(e => e.HasFallen == true)];
}

/// <summary>An entry of a final ranking.</summary>
public sealed record FinalEntry
{
    /// <summary>The submission.</summary>
    public required Guid Id { get; init; }

    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>The submitter.</summary>
    public required string Submitter { get; init; }

    /// <summary>The kind of entry.</summary>
    public required SubmissionKind Kind { get; init; }

    /// <summary>The rank on the sealed part, among all rows of the leaderboard; absent if a ranking split is missing.</summary>
    public int? Rank { get; init; }

    /// <summary>The rank on the public part; absent if a ranking split is missing.</summary>
    public int? PublicRank { get; init; }

    /// <summary>The mean balanced error over the ranking splits on the sealed part, 0..1; absent if one is missing.</summary>
    public double? SealedError { get; init; }

    /// <summary>Its 95% interval, lower and upper.</summary>
    public double[]? SealedErrorInterval { get; init; }

    /// <summary>The mean balanced error over the ranking splits on the public part, 0..1; absent if one is missing.</summary>
    public double? PublicError { get; init; }

    /// <summary>
    /// The error on the sealed part minus that on the public part, -1..1, over the classes that both parts have; absent if a ranking
    /// split is missing.
    /// </summary>
    public double? Difference { get; init; }

    /// <summary>Its 95% interval, lower and upper.</summary>
    public double[]? DifferenceInterval { get; init; }

    /// <summary>The one-sided p of no difference, against more errors on the sealed part; absent for baselines.</summary>
    public double? P { get; init; }

    /// <summary>p adjusted by Holm for the number of tested entries; absent for baselines.</summary>
    public double? AdjustedP { get; init; }

    /// <summary>Whether it made significantly more errors on the sealed part; absent if it was not tested.</summary>
    public bool? HasFallen { get; init; }

    /// <summary>Whether it is the entry of its account or team that was best on the public part; absent if not.</summary>
    public bool? IsBestOfSubmitter { get; init; }
}

/// <summary>How much submitters' best entries lose on the sealed part, the more tries they made.</summary>
/// <param name="Submitters">The number of accounts and teams.</param>
/// <param name="SlopePerDoubling">The change of the difference for twice as many tries, -1..1.</param>
/// <param name="Interval">Its 95% interval, lower and upper.</param>
public sealed record OverfittingDocument(int Submitters, double SlopePerDoubling, double[] Interval);
