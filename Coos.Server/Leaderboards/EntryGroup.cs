using Coos.Shared.Submissions;

namespace Coos.Server.Leaderboards;

/// <summary>
/// The entries of a board that can be compared image by image on some splits, because they were scored with the same labels.
/// </summary>
/// <param name="Splits">The splits.</param>
/// <param name="Labels">The label version of each split.</param>
/// <param name="Rows">The entries, best first.</param>
/// <param name="Others">The other entries, and why they cannot be compared.</param>
internal sealed record EntryGroup(
    IReadOnlyList<string> Splits,
    IReadOnlyList<Guid> Labels,
    IReadOnlyList<RankedEntry> Rows,
    IReadOnlyList<ExcludedEntry> Others
)
{
    /// <summary>Whether another group has the same entries under the same names, and the same labels, and so the same results.</summary>
    public bool IsSame(EntryGroup other) =>
        Labels.SequenceEqual(other.Labels) && Rows.Select(Identify).SequenceEqual(other.Rows.Select(Identify));

    /// <summary>Selects the entries.</summary>
    /// <param name="rows">The board, best first.</param>
    /// <param name="splits">The splits that an entry must have.</param>
    /// <param name="maximum">The maximum number of entries; the best are kept.</param>
    public static EntryGroup Select(IEnumerable<RankedEntry> rows, IReadOnlyList<string> splits, int maximum)
    {
        var (others, known) = (new List<ExcludedEntry>(), new List<(RankedEntry Row, Guid[] Labels)>());
        foreach (var row in rows)
        {
            if (FindReason(row.Entry, splits) is { } reason)
            {
                others.Add(new ExcludedEntry(row.Entry.Id, row.Entry.Method, reason));
            }
            else
            {
                known.Add((row, [.. splits.Select(s => row.Entry.Splits[s].LabelVersionId!.Value)]));
            }
        }

        // Entries that could not be rescored keep scores of older labels. Only entries with the same labels can be compared.
        var groups = known.GroupBy(k => string.Join(' ', k.Labels)).OrderByDescending(g => g.Count()).ToList();
        others.AddRange(groups.Skip(1).SelectMany(g => g).Select(k => Exclude(k.Row, "was scored with other labels than most entries")));
        var largest = groups.FirstOrDefault()?.ToList() ?? [];
        others.AddRange(largest.Skip(maximum).Select(k => Exclude(k.Row, $"is not among the best {maximum:N0}")));
        return new EntryGroup(splits, largest.FirstOrDefault().Labels ?? [], [.. largest.Take(maximum).Select(k => k.Row)], others);
    }

    private static (Guid, Guid?, string, string) Identify(RankedEntry row) =>
        (row.Entry.Id, row.Entry.EvaluationId, row.Entry.Method, row.Entry.Submitter);

    private static ExcludedEntry Exclude(RankedEntry row, string reason) => new(row.Entry.Id, row.Entry.Method, reason);

    private static string? FindReason(LeaderboardEntry entry, IReadOnlyList<string> splits) =>
        entry switch
        {
            { Kind: SubmissionKind.Reported } => "is reported in a publication, without predictions",
            { Withheld: not null } => "has scores that are withheld",
            _ when splits.FirstOrDefault(s => !entry.Splits.ContainsKey(s)) is { } missing => $"has no predictions of {missing}",
            _ when splits.Any(s => entry.Splits[s].LabelVersionId is null) => "has no predictions",
            _ => null,
        };
}

/// <summary>An entry that is left out of a comparison.</summary>
/// <param name="Id">The submission or reported result.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Reason">Why, as the rest of a sentence about it: "is reported in a publication, without predictions".</param>
public sealed record ExcludedEntry(Guid Id, string Method, string Reason);
