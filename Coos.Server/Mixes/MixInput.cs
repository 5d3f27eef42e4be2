using System.Globalization;
using Coos.Evaluator.Mixes;
using Coos.Server.Leaderboards;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;

namespace Coos.Server.Mixes;

/// <summary>What a mix is computed from: the splits, the entries that can be weighted, and why others cannot.</summary>
internal sealed record MixInput
{
    /// <summary>The board.</summary>
    public required Board Board { get; init; }

    /// <summary>The mix.</summary>
    public required MixQuery Query { get; init; }

    /// <summary>The splits that count.</summary>
    public required IReadOnlyList<Split> Splits { get; init; }

    /// <summary>Why the mix is refused; null if it is not.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The splits without labels on this server.</summary>
    public IReadOnlyList<Split> Unlabelled { get; init; } = [];

    /// <summary>The layout of the splits; null if one of them has no labels.</summary>
    public MixLayout? Layout { get; init; }

    /// <summary>The label version of each split.</summary>
    public IReadOnlyList<Guid> Versions { get; init; } = [];

    /// <summary>The entries with predictions that were scored with these labels, in the order of the board.</summary>
    public IReadOnlyList<RankedEntry> Scored { get; init; } = [];

    /// <summary>The reported results whose weighted error follows from what is published.</summary>
    public IReadOnlyList<(RankedEntry Row, double Error)> Reported { get; init; } = [];

    /// <summary>The other entries.</summary>
    public IReadOnlyList<MixExclusion> Excluded { get; init; } = [];

    /// <summary>Identifies the mix, the labels and the entries: inputs with the same text have the same outcome.</summary>
    public string Key =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Board.Benchmark.Slug} {Query.ToQueryString(Board.Benchmark)} {string.Join(' ', Versions)} {Board.Benchmark.ScoredPart} "
        )
        + string.Join(' ', Scored.Select(r => $"{r.Entry.EvaluationId} {r.Rank} {r.Entry.Method} {r.Entry.Submitter}"))
        + string.Join(' ', Reported.Select(r => $"{r.Row.Entry.Id} {r.Row.Rank}"))
        + string.Join(' ', Excluded.Select(e => $"{e.Entry.Id} {e.Reason}"));

    /// <summary>Selects the entries of a board.</summary>
    /// <param name="board">The board.</param>
    /// <param name="folder">The benchmark with its published results.</param>
    /// <param name="query">The mix.</param>
    /// <param name="evidence">The labels and counts.</param>
    public static MixInput Create(Board board, BenchmarkFolder folder, MixQuery query, MixEvidence evidence)
    {
        var benchmark = board.Benchmark;
        Split[] splits = [.. query.SplitsOf(benchmark).Select(s => benchmark.FindSplit(s)!)];
        var input = new MixInput
        {
            Board = board,
            Query = query,
            Splits = splits,
        };
        var found = splits.Select(s => evidence.FindSplit(benchmark, s.Name)).ToList();
        Split[] unlabelled = [.. splits.Where((_, i) => found[i] is null)];

        // Before the first score nobody may see which classes a split has.
        if (unlabelled.Length == 0 && splits.All(s => board.HasScores(s.Name)))
        {
            MixSplit[] layouts = [.. found.Select(f => f!.Value.Split)];
            if (RefuseWithoutImages(benchmark, query, splits, layouts) is { } refusal)
            {
                return input with { Refusal = refusal };
            }

            var layout = new MixLayout(layouts, CreateMix(benchmark, query));
            if (layout.LargestError == 0)
            {
                return input with { Refusal = RefuseWithoutCost() };
            }

            input = input with { Layout = layout, Versions = [.. found.Select(f => f!.Value.Version)] };
        }

        return Select(input with { Unlabelled = unlabelled }, folder);
    }

    /// <summary>Creates the evaluator's mix.</summary>
    public static ClassMix CreateMix(Benchmark benchmark, MixQuery query)
    {
        var costs = new Dictionary<(int, int), double>();

        // A cost that names both classes is more specific than one with *, wherever it stands.
        foreach (var cost in query.Costs.OrderBy(c => (c.Actual is null ? 0 : 1) + (c.Predicted is null ? 0 : 1)))
        {
            foreach (var cell in cost.Cells(benchmark.Classes.Count))
            {
                costs[cell] = cost.Cost;
            }
        }

        return new ClassMix([.. benchmark.Classes.Select(c => query.WeightOf(c.Index))], costs.Count == 0 ? null : costs);
    }

    private static Refusal RefuseWithoutCost() =>
        Refusal.BadQuery(
            new FieldProblem(
                MixQuery.CostsName,
                "all-zero",
                "Every mistake in this mix costs 0, so all entries would be equal; at least one mistake needs a cost above 0"
            )
        );

    private static Refusal? RefuseWithoutImages(Benchmark benchmark, MixQuery query, Split[] splits, MixSplit[] layouts)
    {
        for (var s = 0; s < splits.Length; s++)
        {
            if (!benchmark.Classes.Any(c => query.WeightOf(c.Index) > 0 && layouts[s].ClassImages[c.Index] > 0))
            {
                var present = benchmark.Classes.Where(c => layouts[s].ClassImages[c.Index] > 0).Select(c => c.Short);
                return Refusal.BadQuery(
                    new FieldProblem(
                        MixQuery.WeightsName,
                        "no-images",
                        $"{splits[s].Title} has no image of a class with a weight; it has images of: {string.Join(", ", present)}"
                    )
                );
            }
        }

        return null;
    }

    private static MixInput Select(MixInput input, BenchmarkFolder folder)
    {
        var scored = new List<RankedEntry>();
        var (reported, excluded) = (new List<(RankedEntry Row, double Error)>(), new List<MixExclusion>());
        foreach (var row in input.Board.Rows)
        {
            if (row.Entry.Kind == SubmissionKind.Reported)
            {
                if (ReportedMix.ComputeError(row.Entry, input, folder) is { } error)
                {
                    reported.Add((row, error));
                }
                else
                {
                    excluded.Add(new MixExclusion(row.Entry, ReportedMix.Reason));
                }
            }
            else if (input.FindReason(row.Entry) is { } reason)
            {
                excluded.Add(new MixExclusion(row.Entry, reason));
            }
            else if (scored.Count == MixService.MaximumEntries)
            {
                excluded.Add(new MixExclusion(row.Entry, $"not among the best {MixService.MaximumEntries:N0} of the leaderboard"));
            }
            else
            {
                scored.Add(row);
            }
        }

        return input with
        {
            Scored = scored,
            Reported = reported,
            Excluded = excluded,
        };
    }

    /// <summary>Why an entry with predictions cannot be weighted; null if it can.</summary>
    private string? FindReason(LeaderboardEntry entry)
    {
        if (entry.Withheld is not null)
        {
            return "its scores are withheld";
        }

        if (Splits.FirstOrDefault(s => !entry.Splits.ContainsKey(s.Name)) is { } missing)
        {
            return $"no predictions for {missing.Title}";
        }

        return Unlabelled.Count > 0 ? $"no labels of {Unlabelled[0].Title} on this server"
            : Splits.Where((s, i) => entry.Splits[s.Name].LabelVersionId != Versions[i]).Any() ? "scored with other labels"
            : null;
    }
}
