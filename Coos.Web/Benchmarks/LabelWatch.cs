using Coos.Shared.Benchmarks;
using Coos.Web.Baselines;
using Coos.Web.Evaluations;

namespace Coos.Web.Benchmarks;

/// <summary>
/// Looks every few seconds whether a label file came or changed, imports it, and has the benchmark's submissions scored
/// anew. A file counts once two looks found it alike, so that one still being copied is left alone; one with problems is
/// logged and the labels so far stay in force.
/// </summary>
internal sealed partial class LabelWatch(
    BenchmarkCatalog catalog,
    LabelImport import,
    LabelStore labels,
    Reevaluation reevaluation,
    BaselineImport baselines,
    TimeProvider clock,
    ILogger<LabelWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    private readonly Dictionary<(string Benchmark, string Split), Look> _looks = [];

    /// <summary>Looks at all label files once.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        foreach (var folder in catalog.All)
        {
            try
            {
                await LookAsync(folder, cancellation);
            }
            finally
            {
                labels.SetChanging(folder.Benchmark.Slug, false);
            }
        }
    }

    private async Task LookAsync(BenchmarkFolder folder, CancellationToken cancellation)
    {
        var hasChanged = false;
        foreach (var split in folder.Benchmark.Splits)
        {
            hasChanged |= await LookAsync(folder, split, cancellation);
        }

        if (hasChanged)
        {
            await reevaluation.RunAsync(folder.Benchmark, cancellation);

            // Baselines may have waited for these labels.
            await baselines.RunAsync(folder, cancellation);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The disk or the database may be away for a moment; the next look tries again.
                Log.LookFailed(logger, e);
            }
        }
    }

    /// <returns>Whether the split has other labels now.</returns>
    private async Task<bool> LookAsync(BenchmarkFolder folder, Split split, CancellationToken cancellation)
    {
        var key = (folder.Benchmark.Slug, split.Name);
        var previous = _looks.GetValueOrDefault(key);
        try
        {
            var source = LabelSource.Find(folder, split.Name);
            if (source is null || source.Stamp == previous?.Imported)
            {
                return false;
            }

            if (source.Stamp != previous?.Seen)
            {
                _looks[key] = new Look(source.Stamp, previous?.Imported);
                return false;
            }

            _looks[key] = new Look(source.Stamp, source.Stamp);

            // Until the last split has its new labels and submissions are marked.
            labels.SetChanging(folder.Benchmark.Slug, true);
            return await import.ImportAsync(folder, split, source, cancellation);
        }
        catch (LabelSourceException e)
        {
            if (e.Message != previous?.Problem)
            {
                Log.NotImported(logger, folder.Benchmark.Slug, split.Name, e.Message);
            }

            _looks[key] = _looks.GetValueOrDefault(key, new Look(null, null)) with { Problem = e.Message };
            return false;
        }
    }

    /// <summary>What a look found.</summary>
    /// <param name="Seen">The stamp of the file.</param>
    /// <param name="Imported">The stamp that was imported, or refused for its problems.</param>
    /// <param name="Problem">What was wrong last.</param>
    private sealed record Look(string? Seen, string? Imported, string? Problem = null);

    private static partial class Log
    {
        [LoggerMessage(110, LogLevel.Error, "Labels of {Benchmark}/{Split} not imported, those so far stay in force: {Problem}")]
        public static partial void NotImported(ILogger logger, string benchmark, string split, string problem);

        [LoggerMessage(111, LogLevel.Warning, "Could not look for changed label files; tried again in seconds")]
        public static partial void LookFailed(ILogger logger, Exception exception);
    }
}
