using Coos.Server.Benchmarks;
using Coos.Server.Scoring.Baselines;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Scoring;

/// <summary>
/// Looks every few seconds whether a label file came or changed, imports it, and has the benchmark's submissions scored
/// anew. A file counts once two looks found it alike, so that one still being copied is left alone; one with problems is
/// logged and the labels so far stay in force.
/// </summary>
internal sealed partial class LabelWatch(
    BenchmarkCatalog catalog,
    LabelImport import,
    LabelStore labels,
    Rescoring reevaluation,
    BaselineImport baselines,
    TimeProvider clock,
    ILogger<LabelWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    private readonly Dictionary<(string Benchmark, string Split), Look> _looks = [];

    /// <summary>Looks at all label files once.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        foreach (var folder in catalog.All)
        {
            if (await reevaluation.ResumeAsync(folder.Benchmark, cancellation))
            {
                await baselines.RunAsync(folder, cancellation);
            }

            var resting = folder
                .Benchmark.Splits.Select(s => (Split: s, Source: FindResting(folder, s)))
                .Where(s => s.Source is not null)
                .ToList();
            if (resting.Count > 0)
            {
                await ImportAsync(folder, resting, cancellation);
            }
        }
    }

    private async Task ImportAsync(BenchmarkFolder folder, List<(Split Split, LabelSource? Source)> resting, CancellationToken cancellation)
    {
        // Until the last split has its new labels and submissions are marked.
        using var change = labels.BeginChange(folder.Benchmark.Slug);
        var hasChanged = false;
        try
        {
            foreach (var (split, source) in resting)
            {
                hasChanged |= await ImportAsync(folder, split, source!, cancellation);
            }

            if (hasChanged)
            {
                await reevaluation.RunAsync(folder.Benchmark, cancellation);

                // Baselines may have waited for these labels.
                await baselines.RunAsync(folder, cancellation);
            }
        }
        catch
        {
            // Some of the labels may be in force already.
            reevaluation.SetDue(folder.Benchmark.Slug);
            throw;
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

    /// <summary>The file of a split that changed, once two looks found it alike; null for none.</summary>
    private LabelSource? FindResting(BenchmarkFolder folder, Split split)
    {
        var key = (folder.Benchmark.Slug, split.Name);
        var previous = _looks.GetValueOrDefault(key);
        try
        {
            var source = LabelSource.Find(folder, split.Name);
            if (source is null || source.Stamp == previous?.Imported)
            {
                return null;
            }

            _looks[key] = new Look(source.Stamp, previous?.Imported, previous?.Problem);
            return source.Stamp == previous?.Seen ? source : null;
        }
        catch (LabelSourceException e)
        {
            Note(folder, split, e);
            return null;
        }
    }

    /// <returns>Whether the split has other labels now.</returns>
    private async Task<bool> ImportAsync(BenchmarkFolder folder, Split split, LabelSource source, CancellationToken cancellation)
    {
        var hasChanged = false;
        try
        {
            hasChanged = await import.ImportAsync(folder, split, source, cancellation);
        }
        catch (LabelSourceException e)
        {
            Note(folder, split, e);
        }

        // Only now: what the database did not take is tried again.
        var key = (folder.Benchmark.Slug, split.Name);
        _looks[key] = _looks[key] with { Imported = source.Stamp };
        return hasChanged;
    }

    private void Note(BenchmarkFolder folder, Split split, LabelSourceException problem)
    {
        var key = (folder.Benchmark.Slug, split.Name);
        var look = _looks.GetValueOrDefault(key, new Look(null, null));
        if (problem.Message != look.Problem)
        {
            Log.NotImported(logger, folder.Benchmark.Slug, split.Name, problem.Message);
        }

        _looks[key] = look with { Problem = problem.Message };
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
