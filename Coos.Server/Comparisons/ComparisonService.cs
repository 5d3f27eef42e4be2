using Coos.Server.Benchmarks;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;

namespace Coos.Server.Comparisons;

/// <summary>
/// Compares two entries with the labels that count now, whatever labels their stored evaluations were made with. It sees
/// what <see cref="SubmissionReader"/> hands out, and so nothing that the asker may not see.
/// </summary>
internal sealed class ComparisonService(SubmissionReader reader, BenchmarkCatalog catalog, LabelStore labels)
{
    /// <summary>Compares.</summary>
    /// <param name="a">The first entry.</param>
    /// <param name="b">The second.</param>
    /// <param name="cancellation">Ends the work when the client goes.</param>
    /// <returns>The comparison, or why there is none.</returns>
    public async Task<Result<ComparisonDocument>> CompareAsync(Guid a, Guid b, CancellationToken cancellation)
    {
        if (a == b)
        {
            return ComparisonRefusals.SameTwice();
        }

        var (first, second) = (await reader.FindAsync(a, cancellation), await reader.FindAsync(b, cancellation));
        if (ComparisonRefusals.Of(a, first, b, second, catalog) is { } refusal)
        {
            return refusal;
        }

        var (sideA, sideB) = (await LoadAsync(first!, cancellation), await LoadAsync(second!, cancellation));
        var benchmark = catalog.TryGet(first!.Benchmark, out var folder)
            ? folder.Benchmark
            : throw new InvalidOperationException($"The benchmark {first.Benchmark} vanished.");
        var ranking = RankingComparer.Compare(benchmark, split => PredictionsOf(split, sideA, sideB, benchmark));
        var splits = ComparisonVerdict.Judge(
            [.. benchmark.Splits.Select(s => Compare(s, sideA, sideB, benchmark)).OfType<SplitComparison>()],
            benchmark
        );
        return new ComparisonDocument
        {
            Benchmark = benchmark.Slug,
            A = ComparedEntry.Of(first),
            B = ComparedEntry.Of(second!),
            Verdict = ComparisonVerdict.Sentence(splits, ranking, benchmark),
            Ranking = ranking,
            Splits = splits,
        };
    }

    private async Task<ComparedSide> LoadAsync(SubmissionDocument document, CancellationToken cancellation) =>
        new(document, await reader.ReadPredictionsAsync(document, cancellation));

    /// <summary>Null where neither has the split.</summary>
    private SplitComparison? Compare(Split split, ComparedSide a, ComparedSide b, Benchmark benchmark)
    {
        var (scoreA, scoreB) = (a.ScoreOf(split.Name), b.ScoreOf(split.Name));
        if (scoreA is null && scoreB is null)
        {
            return null;
        }

        if (PredictionsOf(split.Name, a, b, benchmark) is { } pair)
        {
            return SplitComparer.Compare(split.Name, pair.Labels, pair.A, pair.B, benchmark);
        }

        // Errors may be set side by side unless labels of other images stand behind them.
        var isKnown = scoreA is not null && scoreB is not null;
        var isAlike = isKnown && (scoreA!.LabelsHash is null || scoreB!.LabelsHash is null || scoreA.LabelsHash == scoreB.LabelsHash);
        return new SplitComparison
        {
            Split = split.Name,
            Images = scoreA?.Images ?? scoreB?.Images,
            BalancedErrorA = scoreA?.BalancedError,
            BalancedErrorB = scoreB?.BalancedError,
            Difference = isAlike ? scoreA!.BalancedError - scoreB!.BalancedError : null,
            Note = WhyNotPaired(a, scoreA, b, scoreB, isAlike),
        };
    }

    /// <summary>What both predict of a split's images, with the labels that count; null where one does not.</summary>
    private PairOfPredictions? PredictionsOf(string split, ComparedSide a, ComparedSide b, Benchmark benchmark) =>
        labels.TryGet(benchmark.Slug, split, out var active)
        && a.PredictionsOf(split, active) is { } ofA
        && b.PredictionsOf(split, active) is { } ofB
            ? new PairOfPredictions(active.Labels, ofA, ofB)
            : null;

    private static string WhyNotPaired(ComparedSide a, SplitScore? scoreA, ComparedSide b, SplitScore? scoreB, bool isAlike) =>
        (scoreA, scoreB) switch
        {
            (null, _) => "only B has this split",
            (_, null) => "only A has this split",
            _ when a.IsReported && b.IsReported => "no test: A and B are reported results, whose predictions are not published",
            _ when a.IsReported || b.IsReported =>
                $"no test: {(a.IsReported ? "A" : "B")} is a reported result, whose predictions are not published",
            _ when isAlike => "no test: the labels have other images now than A and B predicted",
            _ => "not comparable: the labels have other images now than A or B predicted",
        };
}

/// <summary>One of two entries with its predictions.</summary>
internal sealed record ComparedSide(SubmissionDocument Document, IReadOnlyList<SubmittedPredictions> Predictions)
{
    public bool IsReported => Document.Kind == SubmissionKind.Reported;

    /// <summary>The score of a split; null where it has none.</summary>
    public SplitScore? ScoreOf(string split) => Document.Evaluation?.Splits.FirstOrDefault(s => s.Split == split);

    /// <summary>Its predictions of the images that labels have; null where there are none.</summary>
    public byte[]? PredictionsOf(string split, ActiveLabels active) =>
        Predictions.FirstOrDefault(p => p.Split == split && active.Labels.Images.ContentHash.SequenceEqual(p.ImagesHash))?.Classes;
}
