using Coos.Evaluator.Mixes;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Mixes;

/// <summary>A leaderboard under a reader's own mix of classes and costs. Immutable.</summary>
public sealed record MixOutcome
{
    /// <summary>The benchmark.</summary>
    public required Benchmark Benchmark { get; init; }

    /// <summary>The mix.</summary>
    public required MixQuery Query { get; init; }

    /// <summary>The splits that count.</summary>
    public required IReadOnlyList<Split> Splits { get; init; }

    /// <summary>The entries that can be weighted, best first.</summary>
    public required IReadOnlyList<MixRow> Rows { get; init; }

    /// <summary>The entries that cannot, in the order of the board.</summary>
    public required IReadOnlyList<MixExclusion> Excluded { get; init; }

    /// <summary>The classes with a weight and without images on a split, with the titles of these splits.</summary>
    public IReadOnlyList<(ClassLabel Class, IReadOnlyList<Split> Splits)> Absent { get; init; } = [];

    /// <summary>The numbers of images of each class on the splits; empty without labels.</summary>
    public IReadOnlyList<int> ClassImages { get; init; } = [];

    /// <summary>The share of each class in the mix, 0..1, over the classes with images.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>The splits without labels on this server: entries with predictions cannot be weighted there.</summary>
    public IReadOnlyList<Split> Unlabelled { get; init; } = [];

    /// <summary>For each class with images, which entries are best while its weight grows.</summary>
    public IReadOnlyList<MixClassRange> Ranges { get; init; } = [];

    /// <summary>What the tests treat as independent: "image", "well" or "plate"; null without tested entries.</summary>
    public string? Unit { get; init; }

    /// <summary>The method of the intervals, in words; empty without tested entries.</summary>
    public string IntervalMethod { get; init; } = "";

    /// <summary>Whether every mistake costs 1, so that errors are shares of images.</summary>
    public bool HasUnitCosts => Query.Costs.Count == 0;

    /// <summary>The entries with predictions, which are tested against each other.</summary>
    public IEnumerable<MixRow> Tested => Rows.Where(r => r.Interval is not null);

    /// <summary>The answer in words.</summary>
    public string Answer => field ??= MixSummary.Describe(this);
}

/// <summary>An entry under a mix.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Rank">Its rank among the entries of the mix, from 1; ties share it.</param>
/// <param name="Error">Its weighted error: a share of images, 0..1, if every mistake costs 1; otherwise the mean cost per image.</param>
public sealed record MixRow(LeaderboardEntry Entry, int Rank, double Error)
{
    /// <summary>The 95% interval of the error; null for reported results.</summary>
    public MixInterval? Interval { get; init; }

    /// <summary>The 95% range of its rank; null if it was not tested.</summary>
    public (int Lowest, int Highest)? RankRange { get; init; }

    /// <summary>Whether no tested entry is significantly better; null if it was not tested.</summary>
    public bool? IsAmongBest { get; init; }

    /// <summary>Its rank by the board's own score among the entries of the mix; null if it has none.</summary>
    public int? BoardRank { get; init; }

    /// <summary>The confusions that add most to its error, largest first; empty for reported results.</summary>
    public IReadOnlyList<MixMistake> Mistakes { get; init; } = [];

    /// <summary>By how many ranks it is better than on the board; negative if it is worse, 0 without a rank there.</summary>
    public int Change => BoardRank is { } board ? board - Rank : 0;
}

/// <summary>An entry that cannot be weighted.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Reason">Why.</param>
public sealed record MixExclusion(LeaderboardEntry Entry, string Reason);

/// <summary>Which entries have the lowest error while the weight of a class grows and the other classes share the rest equally.</summary>
/// <param name="Class">The class.</param>
/// <param name="From">The weight at which the line begins: that of equal weights, or 0 with two classes.</param>
/// <param name="Ranges">The ranges of the weight, in order.</param>
public sealed record MixClassRange(ClassLabel Class, double From, IReadOnlyList<MixBest> Ranges);

/// <summary>A range of the weight of a class in which an entry is best.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="From">The lowest weight, 0..1.</param>
/// <param name="To">The highest weight, 0..1.</param>
public sealed record MixBest(LeaderboardEntry Entry, double From, double To);
