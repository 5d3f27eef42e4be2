using Coos.Evaluator.LabelErrors;
using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Images;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;

namespace Coos.Server.LabelErrors;

/// <summary>Reads the possible label errors of benchmarks, and what they do to the board. Only organisers may.</summary>
internal sealed class LabelErrorReader(
    LabelErrorStore errors,
    LabelInfluenceStore influence,
    LabelStore labels,
    ImageStore images,
    ImageWells wells,
    Viewer viewer
)
{
    /// <summary>Finds the test splits with labels.</summary>
    public IReadOnlyList<Split> FindSplits(Benchmark benchmark) => [.. benchmark.TestSplits.Where(s => labels.Has(benchmark.Slug, s.Name))];

    /// <summary>Reads the possible label errors of a split, the surest first.</summary>
    /// <param name="folder">The benchmark.</param>
    /// <param name="split">The split.</param>
    /// <param name="query">Which of them.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    public async Task<Result<LabelErrorListDocument>> ReadAsync(
        BenchmarkFolder folder,
        Split split,
        LabelErrorQuery query,
        CancellationToken cancellation
    )
    {
        if (AccessRefusals.RefuseUnlessOrganiser(viewer) is { } refusal)
        {
            return refusal;
        }

        var benchmark = folder.Benchmark;
        if (!labels.TryGet(benchmark.Slug, split.Name, out var active))
        {
            return Refusal.NotFound($"{split.Title} has no labels on this server.");
        }

        if (split.Role == SplitRole.Training)
        {
            return Refusal.NotFound($"Entries do not predict {split.Title}, so its labels cannot be checked by their predictions.");
        }

        var result = await errors.GetAsync(benchmark, split, cancellation);
        var isCurrent = result.Output is { } known && (known.Entries == 0 || known.LabelVersion == active.VersionId);
        return !isCurrent
                ? new LabelErrorListDocument
                {
                    Benchmark = benchmark.Slug,
                    Split = split.Name,
                    IsComputing = !result.HasFailed,
                    HasFailed = result.HasFailed,
                }
            : result.Output!.IsTooLarge ? TooLarge(benchmark, split, active)
            : CreatePage(folder, split, active, result.Output, query);
    }

    /// <summary>Reads what the board would be without the doubtful images, and with the suggested labels.</summary>
    public async Task<Result<LabelInfluenceDocument>> ReadInfluenceAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        if (AccessRefusals.RefuseUnlessOrganiser(viewer) is { } refusal)
        {
            return refusal;
        }

        if (benchmark.Ranking.Splits.FirstOrDefault(s => !labels.Has(benchmark.Slug, s)) is { } missing)
        {
            return Refusal.NotFound($"{benchmark.TitleOf(missing)} has no labels on this server, so the ranking cannot be computed again.");
        }

        var result = await influence.GetAsync(benchmark, cancellation);
        return new LabelInfluenceDocument
        {
            Benchmark = benchmark.Slug,
            Splits = benchmark.Ranking.Splits,
            IsComputing = result is { Output: null, HasFailed: false },
            HasFailed = result.HasFailed,
            Entries = result.Output ?? [],
        };
    }

    private LabelErrorListDocument CreatePage(
        BenchmarkFolder folder,
        Split split,
        ActiveLabels active,
        SplitLabelErrors found,
        LabelErrorQuery query
    )
    {
        List<PossibleLabelError> matching = query.IsUnanimous ? [.. found.Found.Where(e => e.IsUnanimous)] : [.. found.Found];
        var hasImages = images.Has(folder, split.Name);
        return new LabelErrorListDocument
        {
            Benchmark = folder.Benchmark.Slug,
            Split = split.Name,
            Images = active.Labels.Classes.Length,
            Entries = found.Entries,
            EntriesWithProbabilities = found.WithProbabilities,
            Total = matching.Count,
            Page = query.Page ?? 1,
            Errors = [.. Take(matching, query.Page).Select(Describe)],
        };

        LabelErrorDocument Describe(PossibleLabelError error)
        {
            var image = ImageDocument.Of(folder.Benchmark, split.Name, active.Labels, wells, error.Image);
            return new LabelErrorDocument(hasImages ? image : image with { Links = null })
            {
                Label = error.Label,
                Suggested = error.Suggested,
                LabelProbability = error.LabelProbability,
                SuggestedProbability = error.SuggestedProbability,
                WrongShare = error.WrongShare,
                SuggestedShare = error.SuggestedShare,
            };
        }
    }

    private static IEnumerable<PossibleLabelError> Take(List<PossibleLabelError> errors, int? page) =>
        page is { } number ? errors.Skip((number - 1) * ImageQuery.PageSize).Take(ImageQuery.PageSize) : errors;

    private Refusal TooLarge(Benchmark benchmark, Split split, ActiveLabels active) =>
        new(
            RefusalKind.Conflict,
            "Split is too large",
            FormattableString.Invariant(
                $"{split.Title} has {active.Labels.Classes.Length:N0} images and {benchmark.Classes.Count} classes. "
            )
                + FormattableString.Invariant(
                    $"Possible label errors are found in splits of up to {errors.MaximumValues:N0} images times classes."
                )
        );
}
