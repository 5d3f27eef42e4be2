using Coos.Shared.Submissions;

namespace Coos.Server.Comparisons;

/// <summary>Two entries side by side. Every difference is A minus B.</summary>
public sealed record ComparisonDocument
{
    /// <summary>The benchmark's slug.</summary>
    public required string Benchmark { get; init; }

    /// <summary>The first entry.</summary>
    public required ComparedEntry A { get; init; }

    /// <summary>The second entry.</summary>
    public required ComparedEntry B { get; init; }

    /// <summary>Which is better on which test set, in a sentence.</summary>
    public required string Verdict { get; init; }

    /// <summary>The two on the number that ranks; absent unless both predict every ranking split.</summary>
    public RankingComparison? Ranking { get; init; }

    /// <summary>Each split that one of them has, in the order of the manifest.</summary>
    public required IReadOnlyList<SplitComparison> Splits { get; init; }
}

/// <summary>One of two entries.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Method">The method.</param>
/// <param name="Submitter">Who sent it; the publication for reported results.</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Links">Where to find it.</param>
public sealed record ComparedEntry(Guid Id, string Method, string Submitter, SubmissionKind Kind, SubmissionLinks Links)
{
    /// <summary>The entry of a submission.</summary>
    public static ComparedEntry Of(SubmissionDocument document) =>
        new(document.Id, document.Method, document.Submitter, document.Kind, document.Links);
}
