using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Server.Scoring;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Coos.Server.Images;

/// <summary>
/// Reads what entries predict, with confidences, and keeps the latest in memory: reading probabilities again from an upload of 30,000
/// images takes some 20 ms.
/// </summary>
internal sealed class EntryPredictionStore(IDbContextFactory<CoosDbContext> databases) : IDisposable
{
    /// <summary>The number of images of all kept predictions, of six bytes each.</summary>
    private const long MaximumImages = 4_000_000;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MaximumImages });

    /// <summary>Reads the predictions of a submission for a split.</summary>
    /// <param name="submission">The submission, which the viewer must be allowed to see.</param>
    /// <param name="benchmark">Its benchmark.</param>
    /// <param name="split">The split.</param>
    /// <param name="labels">The labels that it is compared with.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <returns>The predictions, or why there are none for these labels.</returns>
    public async Task<Result<EntryPredictions>> ReadAsync(
        Guid submission,
        Benchmark benchmark,
        Split split,
        ActiveLabels labels,
        CancellationToken cancellation
    )
    {
        var key = (submission, split.Name, labels.VersionId);
        if (_kept.TryGetValue(key, out EntryPredictions? kept))
        {
            return kept!;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var file = await database
            .PredictionFiles.AsNoTracking()
            .FirstOrDefaultAsync(f => f.SubmissionId == submission && f.Split == split.Name, cancellation);
        if (file is null)
        {
            return Refusal.NotFound($"The entry has no predictions for {split.Title}.");
        }

        if (!file.ImagesHash.AsSpan().SequenceEqual(labels.Labels.Images.ContentHash))
        {
            return new Refusal(
                RefusalKind.Conflict,
                "Predictions of other images",
                $"The predictions of the entry for {split.Title} are of other images than the current labels."
            );
        }

        try
        {
            var predictions = Reduce(await RecordedPredictions.ReadAsync(database, file, labels.Labels.Images, benchmark, cancellation));
            return _kept.Set(key, predictions, new MemoryCacheEntryOptions { Size = predictions.Classes.Length });
        }
        catch (EvaluationException e)
        {
            return new Refusal(RefusalKind.Conflict, "Predictions cannot be read", e.Message);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _kept.Dispose();

    private static EntryPredictions Reduce(PredictionSet predictions) =>
        new(
            predictions.Classes,
            predictions.Probabilities is { } probabilities ? [.. predictions.Classes.Select((c, i) => (float)probabilities[i, c])] : null
        );
}
