using Coos.Server.Benchmarks;
using Coos.Server.Scoring.Baselines;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Scoring;

/// <summary>
/// Checks every few seconds for new or changed label files, imports them and rescores the benchmark's submissions. A file is
/// imported once two checks found it unchanged, so that a file still being copied is left alone. Problems are logged and
/// shown to organisers, and the previous labels stay active.
/// </summary>
internal sealed partial class LabelWatch(
    BenchmarkCatalog catalog,
    LabelImport import,
    LabelStore labels,
    Rescoring rescoring,
    BaselineImport baselines,
    TimeProvider clock,
    ILogger<LabelWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    private readonly Dictionary<(string Benchmark, string Split), FileCheck> _checks = [];

    /// <summary>Checks all label files once.</summary>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        foreach (var folder in catalog.All)
        {
            if (await rescoring.ResumeAsync(folder.Benchmark, cancellation))
            {
                await baselines.RunAsync(folder, cancellation);
            }

            var stable = folder
                .Benchmark.Splits.Select(s => (Split: s, Source: FindStable(folder, s)))
                .Where(s => s.Source is not null)
                .ToList();
            if (stable.Count > 0)
            {
                await ImportAsync(folder, stable, cancellation);
            }
        }
    }

    private async Task ImportAsync(BenchmarkFolder folder, List<(Split Split, LabelSource? Source)> stable, CancellationToken cancellation)
    {
        // Covers the time until the last split has its new labels and submissions are marked.
        using var change = labels.BeginChange(folder.Benchmark.Slug);
        var hasChanged = false;
        try
        {
            foreach (var (split, source) in stable)
            {
                hasChanged |= await ImportAsync(folder, split, source!, cancellation);
            }

            if (hasChanged)
            {
                await rescoring.RunAsync(folder.Benchmark, cancellation);

                // Baselines may have been waiting for these labels.
                await baselines.RunAsync(folder, cancellation);
            }
        }
        catch
        {
            // Some of the labels may be active already.
            rescoring.MarkDue(folder.Benchmark.Slug);
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
                await CheckAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The disk or the database may be temporarily unavailable; the next check tries again.
                Log.CheckFailed(logger, e);
            }
        }
    }

    /// <summary>Finds the changed label file of a split once two checks found it in the same state; otherwise null.</summary>
    private LabelSource? FindStable(BenchmarkFolder folder, Split split)
    {
        var key = (folder.Benchmark.Slug, split.Name);
        var previous = _checks.GetValueOrDefault(key);
        try
        {
            var source = LabelSource.Find(folder, split.Name);
            if (source is null)
            {
                if (_checks.Remove(key))
                {
                    import.ClearProblem(folder, split);
                }

                return null;
            }

            if (source.Stamp == previous?.Imported)
            {
                return null;
            }

            _checks[key] = new FileCheck(source.Stamp, previous?.Imported);
            return source.Stamp == previous?.Seen ? source : null;
        }
        catch (LabelSourceException e)
        {
            // The file that remains after a correction is read again, which clears the problem.
            import.Report(folder, split, e);
            _checks[key] = new FileCheck(null, null);
            return null;
        }
    }

    /// <returns>Whether the labels of the split changed.</returns>
    private async Task<bool> ImportAsync(BenchmarkFolder folder, Split split, LabelSource source, CancellationToken cancellation)
    {
        var hasChanged = false;
        try
        {
            hasChanged = await import.ImportAsync(folder, split, source, cancellation);
        }
        catch (LabelSourceException e)
        {
            import.Report(folder, split, e);
        }

        // Set only after the import, so that a failed write to the database is retried.
        var key = (folder.Benchmark.Slug, split.Name);
        _checks[key] = _checks[key] with { Imported = source.Stamp };
        return hasChanged;
    }

    /// <summary>The state of a label file at the last check.</summary>
    /// <param name="Seen">The stamp of the file.</param>
    /// <param name="Imported">The stamp that was imported, or rejected for its problems.</param>
    private sealed record FileCheck(string? Seen, string? Imported);

    private static partial class Log
    {
        [LoggerMessage(111, LogLevel.Warning, "Could not check for changed label files; retrying in seconds")]
        public static partial void CheckFailed(ILogger logger, Exception exception);
    }
}
