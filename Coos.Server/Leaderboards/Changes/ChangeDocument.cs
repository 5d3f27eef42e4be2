using Coos.Server.Scoring;

namespace Coos.Server.Leaderboards.Changes;

/// <summary>A re-scoring of a benchmark: its old scores were replaced by new ones, all at once.</summary>
public sealed record ChangeDocument
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the new scores took the place of the old ones, UTC.</summary>
    public required DateTime SwappedAt { get; init; }

    /// <summary>The version of the evaluator of the old scores.</summary>
    public required string EvaluatorBefore { get; init; }

    /// <summary>The version of the evaluator of the new scores.</summary>
    public required string EvaluatorAfter { get; init; }

    /// <summary>The splits whose labels changed, with the hashes of their labels.</summary>
    public required IReadOnlyList<LabelChange> Labels { get; init; }

    /// <summary>The entries whose rank or score changed, by their new rank; those that are hidden or gone by now are left out.</summary>
    public required IReadOnlyList<ChangedEntry> Entries { get; init; }
}

/// <summary>What a re-scoring did to an entry.</summary>
/// <param name="Id">The submission.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Submitter">Who sent it.</param>
/// <param name="RankBefore">Its rank before; absent where it had none.</param>
/// <param name="RankAfter">Its rank after; absent where it has none.</param>
/// <param name="ScoreBefore">Its mean balanced error over the ranking splits before, 0..1; absent where it had none.</param>
/// <param name="ScoreAfter">And after.</param>
public sealed record ChangedEntry(
    Guid Id,
    string Method,
    string Submitter,
    int? RankBefore,
    int? RankAfter,
    double? ScoreBefore,
    double? ScoreAfter
)
{
    /// <summary>By how many places it rose; negative where it fell, null where it had or has no rank.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int? Rise => RankBefore - RankAfter;
}
