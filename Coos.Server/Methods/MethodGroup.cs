using Coos.Server.Leaderboards;
using Coos.Shared.Submissions;

namespace Coos.Server.Methods;

/// <summary>
/// The entries of one owner with one method's name. Three or more declared runs, all scored on all ranking splits, make it a
/// method that can be ranked.
/// </summary>
public sealed record MethodGroup
{
    /// <summary>The minimum number of runs of a ranked method. The variance of two runs is too uncertain to be of use.</summary>
    public const int MinimumRuns = 3;

    /// <summary>The method's name, as its first run has it.</summary>
    public required string Method { get; init; }

    /// <summary>The owner's name: two owners with one method's name have two methods.</summary>
    public required string Submitter { get; init; }

    /// <summary>The name in URLs, unique on the board.</summary>
    public required string PathName { get; init; }

    /// <summary>The kind of its entries.</summary>
    public required SubmissionKind Kind { get; init; }

    /// <summary>The declared runs that are scored on all ranking splits, by run. All count, and none is dropped.</summary>
    public required IReadOnlyList<RankedEntry> Runs { get; init; }

    /// <summary>The entries that do not count, each with the reason.</summary>
    public required IReadOnlyList<UncountedRun> Uncounted { get; init; }

    /// <summary>Why it is not ranked, in sentences; empty if it is.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Whether it is ranked.</summary>
    public bool IsMethod => Problems.Count == 0;

    /// <summary>The protocol that its runs state.</summary>
    public Protocol Protocol => MethodRules.MergeProtocols(Runs);
}

/// <summary>An entry of a method that does not count as a run.</summary>
/// <param name="Row">The entry.</param>
/// <param name="Reason">Why it does not count, in a sentence.</param>
public sealed record UncountedRun(RankedEntry Row, string Reason);
