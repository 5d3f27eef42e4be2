using System.Runtime.CompilerServices;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;

namespace Coos.Server.Methods;

/// <summary>Groups the entries of a board by method, and decides which groups can be ranked. Pure functions of the board.</summary>
internal static class MethodRules
{
    private static readonly ConditionalWeakTable<Board, IReadOnlyList<MethodGroup>> Known = [];

    /// <summary>
    /// Groups the entries with at least one declared run: ranked methods and those that are not ranked yet. Computed once per board,
    /// because the page of each run asks for it.
    /// </summary>
    public static IReadOnlyList<MethodGroup> Group(Board board) => Known.GetValue(board, CreateGroups);

    private static IReadOnlyList<MethodGroup> CreateGroups(Board board)
    {
        var labels = FindLabels(board);
        return
        [
            .. board
                .Rows.Where(r => r.Entry.Owner is not null)
                .GroupBy(r => (Owner: r.Entry.Owner!, Method: MethodName.ToKey(r.Entry.Method)))
                .Where(g => g.Any(r => r.Entry.Run is not null))
                .Select(g => Create(board.Benchmark, g.Key.Owner, [.. g.OrderBy(r => r.Entry.CreatedAt)], labels)),
        ];
    }

    /// <summary>Selects the groups that are ranked, best first: at most <see cref="MethodBoard.MaximumMethods"/>.</summary>
    public static IReadOnlyList<MethodGroup> SelectRanked(IReadOnlyList<MethodGroup> groups) =>
        [.. groups.Where(g => g.IsMethod).OrderBy(g => g.Runs.Average(r => r.Score!.Value)).Take(MethodBoard.MaximumMethods)];

    /// <summary>Finds the ranked method that an entry is a run of; null if it is none.</summary>
    public static MethodGroup? FindRanked(Board board, RankedEntry row) =>
        row.Entry.Run is null ? null : SelectRanked(Group(board)).FirstOrDefault(g => g.Runs.Contains(row));

    /// <summary>The protocol that runs state: of each field the value that is stated.</summary>
    public static Protocol MergeProtocols(IEnumerable<RankedEntry> runs)
    {
        Protocol[] stated = [.. runs.Select(r => r.Entry.Protocol)];
        return new Protocol
        {
            Family = stated.Select(p => p.Family).FirstOrDefault(v => v is not null),
            Pretraining = stated.Select(p => p.Pretraining).FirstOrDefault(v => v is not null),
            TrainingImages = stated.Select(p => p.TrainingImages).FirstOrDefault(v => v is not null),
            Ensemble = stated.Select(p => p.Ensemble).FirstOrDefault(v => v is not null),
            TestTimeAdaptation = stated.Select(p => p.TestTimeAdaptation).FirstOrDefault(v => v is not null),
            TunedOn = stated.Select(p => p.TunedOn).FirstOrDefault(v => v is not null),
            Parameters = stated.Select(p => p.Parameters).FirstOrDefault(v => v is not null),
        };
    }

    private static MethodGroup Create(Benchmark benchmark, string owner, IReadOnlyList<RankedEntry> rows, string? labels)
    {
        var uncounted = new List<UncountedRun>();
        var runs = new List<RankedEntry>();
        foreach (var row in rows)
        {
            if (FindReason(benchmark, row) is { } reason)
            {
                uncounted.Add(new UncountedRun(row, reason));
            }
            else
            {
                runs.Add(row);
            }
        }

        runs = [.. runs.OrderBy(r => r.Entry.Run!.Length).ThenBy(r => r.Entry.Run, StringComparer.Ordinal)];
        return new MethodGroup
        {
            Method = rows[0].Entry.Method,
            Submitter = rows[0].Entry.Submitter,
            PathName = MethodName.ToPath(owner, rows[0].Entry.Method),
            Kind = rows[0].Entry.Kind,
            Runs = runs,
            Uncounted = uncounted,
            Problems = [.. FindProblems(benchmark, runs, uncounted, labels)],
        };
    }

    /// <summary>Why an entry does not count as a run; null if it does.</summary>
    private static string? FindReason(Benchmark benchmark, RankedEntry row) =>
        row.Entry.Run is not { } run ? "It names no run."
        : row.Entry.Withheld is { } withheld ? $"The scores of run {run} are withheld: {withheld}."
        : row.Score is null ? $"Run {run} lacks predictions of {JoinMissing(benchmark, row)}."
        : benchmark.Disclosure.IsGuarded && row.Entry.Mean?.Interval is null ? $"Run {run} has no published interval."
        : null;

    private static string JoinMissing(Benchmark benchmark, RankedEntry row) =>
        // A guarded board shows no splits, so it cannot say which are missing.
        benchmark.Disclosure.IsGuarded
            ? "some ranking splits"
            : BoardSummary.Titles(
                benchmark.Ranking.Splits.Where(s => !row.Entry.Splits.ContainsKey(s)).Select(s => benchmark.FindSplit(s)!)
            );

    private static IEnumerable<string> FindProblems(
        Benchmark benchmark,
        IReadOnlyList<RankedEntry> runs,
        IReadOnlyList<UncountedRun> uncounted,
        string? labels
    )
    {
        foreach (var same in runs.GroupBy(r => MethodName.ToKey(r.Entry.Run!)).Where(g => g.Count() > 1))
        {
            yield return $"{same.Count()} entries name run {same.First().Entry.Run}. Delete all but one, or correct their runs.";
        }

        foreach (var row in uncounted.Where(u => u.Row.Entry is { Run: not null, Withheld: not null }))
        {
            yield return $"The scores of run {row.Row.Entry.Run} are withheld, so the mean over all runs is unknown.";
        }

        foreach (var field in FindDifferences(runs))
        {
            yield return $"Its runs state different values of {field}. Runs of one method have the same options; rename the others.";
        }

        foreach (var row in runs.Where(r => !benchmark.Disclosure.IsGuarded && KeyOfLabels(benchmark, r) != labels))
        {
            yield return $"Run {row.Entry.Run} still shows scores of other labels.";
        }

        var distinct = runs.Select(r => MethodName.ToKey(r.Entry.Run!)).Distinct().Count();
        if (distinct < MethodGroup.MinimumRuns)
        {
            yield return distinct == 1
                ? $"One run does not show how much results change with another seed. A method needs {MethodGroup.MinimumRuns}."
                : $"It has {distinct} complete runs. A method needs {MethodGroup.MinimumRuns}.";
        }
    }

    /// <summary>The protocol fields of which runs state different values.</summary>
    private static IEnumerable<string> FindDifferences(IReadOnlyList<RankedEntry> runs)
    {
        (string Field, Func<RankedEntry, object?> Value)[] fields =
        [
            ("externalData", r => r.Entry.ExternalData),
            ("family", r => r.Entry.Protocol.Family?.ToUpperInvariant()),
            ("pretraining", r => r.Entry.Protocol.Pretraining?.ToUpperInvariant()),
            ("trainingImages", r => r.Entry.Protocol.TrainingImages),
            ("ensemble", r => r.Entry.Protocol.Ensemble),
            ("testTimeAdaptation", r => r.Entry.Protocol.TestTimeAdaptation),
            ("tunedOn", r => r.Entry.Protocol.TunedOn),
            ("parameters", r => r.Entry.Protocol.Parameters),
        ];
        return fields.Where(f => runs.Select(f.Value).Where(v => v is not null).Distinct().Count() > 1).Select(f => f.Field);
    }

    /// <summary>The labels that most complete entries were scored with; null if there is none.</summary>
    private static string? FindLabels(Board board) =>
        board
            .Rows.Where(r => r.Score is not null && r.Entry.Owner is not null)
            .GroupBy(r => KeyOfLabels(board.Benchmark, r))
            .MaxBy(g => g.Count())
            ?.Key;

    private static string KeyOfLabels(Benchmark benchmark, RankedEntry row) =>
        string.Join(' ', benchmark.Ranking.Splits.Select(s => row.Entry.Splits.GetValueOrDefault(s)?.LabelVersionId));
}
