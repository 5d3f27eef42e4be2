using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Metrics;
using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.RankTests;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;

namespace Coos.Server.Comparisons;

/// <summary>
/// Compares two entries with the active labels, whichever labels their stored evaluations were made with. It reads through
/// <see cref="SubmissionReader"/>, so it sees only what the viewer may see.
/// </summary>
internal sealed class ComparisonService(
    SubmissionReader reader,
    BoardStore boards,
    BenchmarkCatalog catalog,
    LabelStore labels,
    EvidenceReader evidence
)
{
    /// <summary>Compares two entries.</summary>
    /// <param name="a">The first entry.</param>
    /// <param name="b">The second entry.</param>
    /// <param name="cancellation">Cancels the work when the client disconnects.</param>
    /// <returns>The comparison, or why it was refused.</returns>
    public async Task<Result<ComparisonDocument>> CompareAsync(Guid a, Guid b, CancellationToken cancellation)
    {
        if (a == b)
        {
            return ComparisonRefusals.SameTwice();
        }

        var (first, second) = (await reader.FindAsync(a, cancellation), await reader.FindAsync(b, cancellation));
        if (ComparisonRefusals.Check(a, first, b, second, catalog) is { } refusal)
        {
            return refusal;
        }

        var (sideA, sideB) = (await LoadAsync(first!, cancellation), await LoadAsync(second!, cancellation));
        var benchmark = catalog.TryGet(first!.Benchmark, out var folder)
            ? folder.Benchmark
            : throw new InvalidOperationException($"The benchmark {first.Benchmark} is not in the catalog.");
        var board = await boards.GetAsync(benchmark, cancellation);
        var ranking = await CompareRankingAsync(sideA, sideB, benchmark, cancellation);
        var compared = new List<SplitComparison>();
        foreach (var split in benchmark.Splits)
        {
            if (await CompareAsync(split, sideA, sideB, benchmark, cancellation) is { } comparison)
            {
                compared.Add(comparison);
            }
        }

        var splits = ComparisonVerdict.Judge(compared, benchmark);
        return new ComparisonDocument
        {
            Benchmark = benchmark.Slug,
            A = ComparedEntry.From(first, board),
            B = ComparedEntry.From(second!, board),
            Verdict = ComparisonVerdict.Describe(splits, ranking, benchmark),
            Margin = benchmark.Margin,
            Ranking = ranking,
            Splits = splits,
        };
    }

    /// <summary>Compares two entries by the mean that ranks; null unless both predict every ranking split.</summary>
    private async Task<RankingComparison?> CompareRankingAsync(
        ComparedSide a,
        ComparedSide b,
        Benchmark benchmark,
        CancellationToken cancellation
    )
    {
        var splits = benchmark.Ranking.Splits;
        PairOfPredictions[] pairs = [.. splits.Select(s => FindPredictions(s, a, b, benchmark)).OfType<PairOfPredictions>()];
        if (pairs.Length < splits.Count || splits.Any(s => a.FindScore(s)?.FindLoss() is null || b.FindScore(s)?.FindLoss() is null))
        {
            return null;
        }

        return await CompareByMetricAsync(a, b, benchmark, cancellation) is { } pair
            ? RankingComparer.Compare(benchmark, pair, pair.Method)
            : RankingComparer.Compare(benchmark, pairs);
    }

    /// <summary>
    /// Compares two entries by the ranking metric on the ranking splits; null if its loss is the balanced error, or if an entry was
    /// deleted meanwhile.
    /// </summary>
    private async Task<MetricPair?> CompareByMetricAsync(
        ComparedSide a,
        ComparedSide b,
        Benchmark benchmark,
        CancellationToken cancellation
    )
    {
        if (benchmark.Ranking.HasLossOfBalancedError)
        {
            return null;
        }

        var parts = benchmark.Ranking.Splits.Select(s =>
            labels.TryGet(benchmark.Slug, s, out var active) ? active.Parts.Get(benchmark.ScoredPart) : null
        );
        var layout = MetricRankingLayout.Create([.. parts.OfType<SplitPart>()], benchmark);
        var encoded = await evidence.ReadAsync(benchmark, layout, [a.Document.Id, b.Document.Id], cancellation);
        return encoded.TryGetValue(a.Document.Id, out var ofA) && encoded.TryGetValue(b.Document.Id, out var ofB)
            ? MetricPair.Create(layout, ofA, ofB, benchmark.Ranking)
            : null;
    }

    private async Task<ComparedSide> LoadAsync(SubmissionDocument document, CancellationToken cancellation) =>
        new(document, await reader.ReadPredictionsAsync(document, cancellation));

    /// <summary>Compares two entries on one split; null if neither has it.</summary>
    private async Task<SplitComparison?> CompareAsync(
        Split split,
        ComparedSide a,
        ComparedSide b,
        Benchmark benchmark,
        CancellationToken cancellation
    )
    {
        var (scoreA, scoreB) = (a.FindScore(split.Name), b.FindScore(split.Name));
        if (scoreA is null && scoreB is null)
        {
            return null;
        }

        if (FindPredictions(split.Name, a, b, benchmark) is { } pair)
        {
            var single = benchmark with { Ranking = benchmark.Ranking with { Splits = [split.Name], Weights = null } };
            var byMetric =
                scoreA?.FindLoss() is not null && scoreB?.FindLoss() is not null
                    ? await CompareByMetricAsync(a, b, single, cancellation)
                    : null;
            return SplitComparer.Compare(split.Name, pair.Labels, pair.A, pair.B, benchmark, byMetric);
        }

        // Errors are comparable unless they were made with labels of different images.
        var isKnown = scoreA is not null && scoreB is not null;
        var isComparable = isKnown && (scoreA!.LabelsHash is null || scoreB!.LabelsHash is null || scoreA.LabelsHash == scoreB.LabelsHash);
        return new SplitComparison
        {
            Split = split.Name,
            Images = scoreA?.Images ?? scoreB?.Images,
            BalancedErrorA = scoreA?.BalancedError,
            BalancedErrorB = scoreB?.BalancedError,
            Metric = benchmark.Ranking.IsByBalancedError ? null : benchmark.Ranking.Metric,
            ValueA = benchmark.Ranking.IsByBalancedError ? null : scoreA?.Ranking.Value,
            ValueB = benchmark.Ranking.IsByBalancedError ? null : scoreB?.Ranking.Value,
            Difference = isComparable ? scoreA!.FindLoss()?.Error - scoreB!.FindLoss()?.Error : null,
            Note = ExplainMissingTest(a, scoreA, b, scoreB, isComparable),
        };
    }

    /// <summary>Finds both entries' predictions for a split, with the active labels; null unless both match these labels.</summary>
    private PairOfPredictions? FindPredictions(string split, ComparedSide a, ComparedSide b, Benchmark benchmark) =>
        labels.TryGet(benchmark.Slug, split, out var active)
        && a.FindPredictions(split, active) is { } ofA
        && b.FindPredictions(split, active) is { } ofB
            ? PairOfPredictions.Select(active.Parts.Get(benchmark.ScoredPart), ofA, ofB)
            : null;

    private static string ExplainMissingTest(ComparedSide a, SplitScore? scoreA, ComparedSide b, SplitScore? scoreB, bool isComparable) =>
        (scoreA, scoreB) switch
        {
            (null, _) => "only B has this split",
            (_, null) => "only A has this split",
            _ when a.IsReported && b.IsReported => "no test: A and B are reported results, whose predictions are not published",
            _ when a.IsReported || b.IsReported =>
                $"no test: {(a.IsReported ? "A" : "B")} is a reported result, whose predictions are not published",
            _ when isComparable => "no test: the images of the split changed since A and B were submitted",
            _ => "not comparable: the images of the split changed since A or B was submitted",
        };
}

/// <summary>One of the two entries with its predictions.</summary>
internal sealed record ComparedSide(SubmissionDocument Document, IReadOnlyList<SubmittedPredictions> Predictions)
{
    public bool IsReported => Document.Kind == SubmissionKind.Reported;

    /// <summary>Finds the score of a split; null if it has none.</summary>
    public SplitScore? FindScore(string split) => Document.Evaluation?.Splits.FirstOrDefault(s => s.Split == split);

    /// <summary>Finds its predictions for the images of the active labels; null if it has none.</summary>
    public ushort[]? FindPredictions(string split, ActiveLabels active) =>
        Predictions.FirstOrDefault(p => p.Split == split && active.Labels.Images.ContentHash.SequenceEqual(p.ImagesHash))?.Classes;
}
