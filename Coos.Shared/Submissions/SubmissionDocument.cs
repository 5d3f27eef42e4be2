using Coos.Shared.Scores;

namespace Coos.Shared.Submissions;

/// <summary>A submission as the API sends it and the pages show it.</summary>
public sealed record SubmissionDocument
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The benchmark's slug.</summary>
    public required string Benchmark { get; init; }

    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>Who sent it; the publication for reported results.</summary>
    public required string Submitter { get; init; }

    /// <summary>Where it comes from.</summary>
    public required SubmissionKind Kind { get; init; }

    /// <summary>How far it is.</summary>
    public required SubmissionStatus Status { get; init; }

    /// <summary>Why it could not be scored; null unless it failed.</summary>
    public string? Failure { get; init; }

    /// <summary>When it was received, UTC; null for reported results.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>When it was scored, UTC; null until then.</summary>
    public DateTime? ScoredAt { get; init; }

    /// <summary>What its sender says about it.</summary>
    public string? Description { get; init; }

    /// <summary>Where its paper is.</summary>
    public Uri? PaperUrl { get; init; }

    /// <summary>Where its code is.</summary>
    public Uri? CodeUrl { get; init; }

    /// <summary>Whether its method was trained with other data than the benchmark's training split; null where not said.</summary>
    public bool? ExternalData { get; init; }

    /// <summary>Who sees it.</summary>
    public required SubmissionVisibility Visibility { get; init; }

    /// <summary>Where to find it.</summary>
    public required SubmissionLinks Links { get; init; }

    /// <summary>Where a baseline comes from and how it was run; null for everything else.</summary>
    public BaselineDocument? Baseline { get; init; }

    /// <summary>Why its scores are withheld though it is scored; null where they are not.</summary>
    public string? Withheld { get; init; }

    /// <summary>Its scores; null until it is scored, and where they are withheld.</summary>
    public Evaluation? Evaluation { get; init; }
}

/// <summary>Where to find a submission.</summary>
/// <param name="Self">Its path in the API.</param>
/// <param name="Page">Its page.</param>
public sealed record SubmissionLinks(string Self, string Page)
{
    /// <summary>The links of a submission.</summary>
    public static SubmissionLinks For(Guid id) => new($"/api/submissions/{id}", $"/submissions/{id}");
}
