using Coos.Server.Scoring;

namespace Coos.Server.Leaderboards.Changes;

/// <summary>A rescoring of a benchmark, in which all its scores were replaced at once.</summary>
public sealed record ChangeDocument
{
    /// <summary>The id of the rescoring.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the new scores replaced the old ones, UTC.</summary>
    public required DateTime SwappedAt { get; init; }

    /// <summary>The evaluator version of the old scores.</summary>
    public required string EvaluatorBefore { get; init; }

    /// <summary>The evaluator version of the new scores.</summary>
    public required string EvaluatorAfter { get; init; }

    /// <summary>The splits whose labels changed, with the old and new hashes.</summary>
    public required IReadOnlyList<LabelChange> Labels { get; init; }

    /// <summary>
    /// The entries whose rank or score changed, ordered by the new rank. Entries that were hidden or deleted since are
    /// omitted.
    /// </summary>
    public required IReadOnlyList<ChangedEntry> Entries { get; init; }
}

/// <summary>The change of an entry in a rescoring.</summary>
/// <param name="Id">The submission.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Submitter">The submitter.</param>
/// <param name="RankBefore">Its rank before; absent if it had none.</param>
/// <param name="RankAfter">Its rank after; absent if it has none.</param>
/// <param name="ScoreBefore">Its mean of the ranking metric over the ranking splits before; absent if it had none.</param>
/// <param name="ScoreAfter">Its mean of the ranking metric over the ranking splits after; absent if it has none.</param>
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
    /// <summary>The number of ranks it rose; negative if it fell, null if it had or has no rank.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int? Rise => RankBefore - RankAfter;
}
