using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Forecasts;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Scoring;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Forecasts;

/// <summary>
/// Computes confidence forecasts from the original files, which alone contain the probabilities. One submission is in memory at
/// a time.
/// </summary>
internal sealed class ForecastReader(IDbContextFactory<CoosDbContext> databases, LabelStore labels)
{
    /// <summary>Computes the forecasts of a submission for a shifted split.</summary>
    /// <param name="benchmark">The benchmark, with a reference.</param>
    /// <param name="submission">The submission.</param>
    /// <param name="split">The shifted split.</param>
    /// <param name="versions">The label versions of the reference and the split that the entry was scored with.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The forecasts; null without probabilities, or if the labels were replaced since.</returns>
    public async Task<ConfidenceForecast?> ComputeAsync(
        Benchmark benchmark,
        Guid submission,
        string split,
        IReadOnlyList<Guid> versions,
        CancellationToken cancellation
    )
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var source = await ReadAsync(database, benchmark, submission, benchmark.Reference!, versions[0], cancellation);
        var target = source is null ? null : await ReadAsync(database, benchmark, submission, split, versions[1], cancellation);
        return source is { } known && target?.Predictions.Probabilities is { } probabilities
            ? ReferenceConfidence.Compute(known.Part.Labels.Classes, known.Predictions).Forecast(probabilities)
            : null;
    }

    private async Task<(SplitPart Part, PredictionSet Predictions)?> ReadAsync(
        CoosDbContext database,
        Benchmark benchmark,
        Guid submission,
        string split,
        Guid version,
        CancellationToken cancellation
    )
    {
        var file = await database
            .PredictionFiles.AsNoTracking()
            .FirstOrDefaultAsync(f => f.SubmissionId == submission && f.Split == split && f.HasProbabilities, cancellation);
        if (file is null || !labels.TryGet(benchmark.Slug, split, out var active) || active.VersionId != version)
        {
            return null;
        }

        var predictions = await RecordedPredictions.ReadAsync(database, file, active.Labels.Images, benchmark, cancellation);
        var part = active.Parts.Get(benchmark.ScoredPart);
        return (part, part.Select(predictions));
    }
}
