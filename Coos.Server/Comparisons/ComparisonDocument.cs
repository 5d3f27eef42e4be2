using Coos.Server.Leaderboards;
using Coos.Shared.Submissions;

namespace Coos.Server.Comparisons;

/// <summary>A comparison of two entries. Every difference is A minus B.</summary>
public sealed record ComparisonDocument
{
    /// <summary>The benchmark's slug.</summary>
    public required string Benchmark { get; init; }

    /// <summary>The first entry.</summary>
    public required ComparedEntry A { get; init; }

    /// <summary>The second entry.</summary>
    public required ComparedEntry B { get; init; }

    /// <summary>Which entry is better on which test set, in a sentence.</summary>
    public required string Verdict { get; init; }

    /// <summary>The largest difference that does not matter, 0..1, from the manifest; absent if it names none.</summary>
    public double? Margin { get; init; }

    /// <summary>The comparison by the mean that determines the rank; absent unless both predict every ranking split.</summary>
    public RankingComparison? Ranking { get; init; }

    /// <summary>The splits that at least one of them has, in the order of the manifest.</summary>
    public required IReadOnlyList<SplitComparison> Splits { get; init; }
}

/// <summary>One of the two entries of a comparison.</summary>
/// <param name="Id">The submission or reported result.</param>
/// <param name="Method">The method.</param>
/// <param name="Submitter">The submitter; the publication for reported results.</param>
/// <param name="Kind">The kind of entry.</param>
/// <param name="Links">The links to the entry.</param>
/// <param name="Tries">
/// The number of submissions of the entry's account or team to the benchmark, private and deleted ones included; absent if the entry is
/// not on the leaderboard or was submitted without an account. The best of many tries looks better than it is.
/// </param>
public sealed record ComparedEntry(Guid Id, string Method, string Submitter, SubmissionKind Kind, SubmissionLinks Links, int? Tries)
{
    /// <summary>Converts a submission.</summary>
    /// <param name="document">The submission.</param>
    /// <param name="board">The leaderboard, which knows the number of tries.</param>
    public static ComparedEntry From(SubmissionDocument document, Board board) =>
        new(document.Id, document.Method, document.Submitter, document.Kind, document.Links, board.Find(document.Id)?.Entry.Tries);
}
