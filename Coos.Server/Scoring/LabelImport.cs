using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>
/// Imports labels from the benchmark folders into the database and into memory. Labels in the database stay active when
/// their file is removed.
/// </summary>
internal sealed partial class LabelImport(
    BenchmarkCatalog catalog,
    LabelStore store,
    LabelProblems problems,
    SealedParts sealedParts,
    IDbContextFactory<CoosDbContext> databases,
    TimeProvider clock,
    ILogger<LabelImport> logger
) : IDisposable
{
    /// <summary>The time resolution that both databases store.</summary>
    private static readonly TimeSpan TimeResolution = TimeSpan.FromMicroseconds(1);

    /// <summary>Serialises activations, so that the labels in memory are always the active ones of the database.</summary>
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>
    /// Imports the labels of all benchmarks at startup. If a file has problems, the labels that the database has stay active. Names
    /// the folders that are left out and the files that belong to no split.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        foreach (var left in catalog.Problems)
        {
            Log.LeftOut(logger, left.Path, left.Message);
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        foreach (var folder in catalog.All)
        {
            foreach (var split in folder.Benchmark.Splits)
            {
                await ImportOrRestoreAsync(database, folder, split, cancellation);
            }

            foreach (var stray in StrayFiles.Find(folder))
            {
                Log.Stray(logger, folder.Benchmark.Slug, stray.Name);
            }
        }
    }

    /// <summary>
    /// Imports the labels of one split from a file that changed while the server runs. If they become active, the problem of an earlier
    /// file is forgotten.
    /// </summary>
    /// <returns>Whether the active labels changed.</returns>
    /// <exception cref="LabelSourceException">The file has problems; the previous labels stay active.</exception>
    public async Task<bool> ImportAsync(BenchmarkFolder folder, Split split, LabelSource source, CancellationToken cancellation)
    {
        var labels = source.Read(folder.Benchmark, split);
        if (store.TryGet(folder.Benchmark.Slug, split.Name, out var active) && active.Labels.Hash == labels.Hash)
        {
            ClearProblem(folder, split);
            return false;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        await ActivateAsync(database, folder.Benchmark, split.Name, labels, cancellation);
        await ChangeNotifier.PublishLabelsAsync(database, folder.Benchmark.Slug, split.Name);
        return true;
    }

    /// <summary>Activates labels that were uploaded and validated.</summary>
    public async Task ImportAsync(Benchmark benchmark, string split, SplitLabels labels, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await ActivateAsync(database, benchmark, split, labels, cancellation);
        await ChangeNotifier.PublishLabelsAsync(database, benchmark.Slug, split);
    }

    /// <summary>Loads the active labels from the database where another process replaced them.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        foreach (var folder in catalog.All)
        {
            foreach (var split in folder.Benchmark.Splits)
            {
                await CatchUpAsync(database, folder, split, cancellation);
            }
        }
    }

    /// <summary>Loads the active labels of one split from the database.</summary>
    public async Task CatchUpAsync(string slug, string split, CancellationToken cancellation)
    {
        if (catalog.TryGet(slug, out var folder) && folder.Benchmark.FindSplit(split) is { } known)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            await CatchUpAsync(database, folder, known, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task CatchUpAsync(CoosDbContext database, BenchmarkFolder folder, Split split, CancellationToken cancellation)
    {
        try
        {
            await RestoreAsync(database, folder, split, cancellation);
        }
        catch (LabelSourceException e)
        {
            // This process has a different manifest from the process that imported the labels.
            Log.NotMatching(logger, folder.Benchmark.Slug, split.Name, e.Message);
        }
    }

    private async Task ImportOrRestoreAsync(CoosDbContext database, BenchmarkFolder folder, Split split, CancellationToken cancellation)
    {
        try
        {
            if (LabelSource.Find(folder, split.Name) is { } source)
            {
                await ActivateAsync(database, folder.Benchmark, split.Name, source.Read(folder.Benchmark, split), cancellation);
                return;
            }
        }
        catch (LabelSourceException e)
        {
            Report(folder, split, e);
        }

        try
        {
            await RestoreAsync(database, folder, split, cancellation);
        }
        catch (LabelSourceException e)
        {
            Report(folder, split, e);
        }
    }

    /// <summary>Records the problem of a label file for organisers, and logs it once.</summary>
    public void Report(BenchmarkFolder folder, Split split, LabelSourceException problem)
    {
        if (problems.Set(folder.Benchmark.Slug, split.Name, problem.Message))
        {
            Log.NotImported(logger, folder.Benchmark.Slug, split.Name, problem.Message);
        }
    }

    /// <summary>Forgets the problem of a label file that was corrected, or removed.</summary>
    public void ClearProblem(BenchmarkFolder folder, Split split) => problems.Clear(folder.Benchmark.Slug, split.Name);

    private async Task RestoreAsync(CoosDbContext database, BenchmarkFolder folder, Split split, CancellationToken cancellation)
    {
        var slug = folder.Benchmark.Slug;
        await _gate.WaitAsync(cancellation);
        try
        {
            var newest = await NewestFirst(database, slug, split.Name).Select(v => (Guid?)v.Id).FirstOrDefaultAsync(cancellation);
            if (newest is { } id && !(store.TryGet(slug, split.Name, out var active) && active.VersionId == id))
            {
                var content = await database.LabelVersions.Where(v => v.Id == id).Select(v => v.Content).FirstAsync(cancellation);
                await SetAsync(folder.Benchmark, split.Name, id, LabelArchive.Unpack(content, folder.Benchmark), cancellation);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task ActivateAsync(
        CoosDbContext database,
        Benchmark benchmark,
        string split,
        SplitLabels labels,
        CancellationToken cancellation
    )
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var version = await StoreAsync(database, benchmark.Slug, split, labels, cancellation);
            await SetAsync(benchmark, split, version, labels, cancellation);
            problems.Clear(benchmark.Slug, split);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task SetAsync(Benchmark benchmark, string split, Guid version, SplitLabels labels, CancellationToken cancellation) =>
        store.Set(
            benchmark.Slug,
            split,
            new ActiveLabels(version, labels, await sealedParts.DivideAsync(benchmark, split, labels, cancellation))
        );

    /// <summary>Stores labels as the newest version in the database.</summary>
    /// <returns>The id of the version.</returns>
    private async Task<Guid> StoreAsync(
        CoosDbContext database,
        string slug,
        string split,
        SplitLabels labels,
        CancellationToken cancellation
    )
    {
        var versions = NewestFirst(database, slug, split);
        var newest = await versions
            .Select(v => new
            {
                v.Id,
                v.Hash,
                v.ActivatedAt,
            })
            .FirstOrDefaultAsync(cancellation);
        if (newest?.Hash == labels.Hash)
        {
            return newest.Id;
        }

        // The newest version is the active one, so its time must be the latest even after the clock was set back.
        var now = clock.GetUtcNow();
        var activatedAt = newest is null || newest.ActivatedAt < now.UtcDateTime ? now.UtcDateTime : newest.ActivatedAt + TimeResolution;
        var same = versions.Where(v => v.Hash == labels.Hash);
        if (await same.Select(v => (Guid?)v.Id).FirstOrDefaultAsync(cancellation) is { } known)
        {
            await same.ExecuteUpdateAsync(set => set.SetProperty(v => v.ActivatedAt, activatedAt), cancellation);
            return known;
        }

        var row = ToRow(Guid.CreateVersion7(now), slug, split, labels, activatedAt);
        database.Add(row);
        await database.SaveChangesAsync(cancellation);
        Log.Imported(logger, slug, split, labels.Images.Count, labels.Hash);
        return row.Id;
    }

    private static IQueryable<LabelVersion> NewestFirst(CoosDbContext database, string slug, string split) =>
        database.LabelVersions.Where(v => v.Benchmark == slug && v.Split == split).OrderByDescending(v => v.ActivatedAt);

    private static LabelVersion ToRow(Guid id, string slug, string split, SplitLabels labels, DateTime now) =>
        new()
        {
            Id = id,
            Benchmark = slug,
            Split = split,
            Hash = labels.Hash,
            Images = labels.Images.Count,
            Content = LabelArchive.Pack(labels),
            ActivatedAt = now,
        };

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Information, "Labels of {Benchmark}/{Split} imported: {Images} images, {Hash}")]
        public static partial void Imported(ILogger logger, string benchmark, string split, int images, string hash);

        [LoggerMessage(
            101,
            LogLevel.Error,
            "Labels of {Benchmark}/{Split} imported by another process do not match this process's manifest: {Problem}"
        )]
        public static partial void NotMatching(ILogger logger, string benchmark, string split, string problem);

        [LoggerMessage(102, LogLevel.Error, "Benchmark folder {Folder} is left out: {Problem}")]
        public static partial void LeftOut(ILogger logger, string folder, string problem);

        [LoggerMessage(103, LogLevel.Warning, "{Benchmark}: the file labels/{File} belongs to no split and is not read")]
        public static partial void Stray(ILogger logger, string benchmark, string file);

        [LoggerMessage(110, LogLevel.Error, "Labels of {Benchmark}/{Split} not imported; the previous labels stay active: {Problem}")]
        public static partial void NotImported(ILogger logger, string benchmark, string split, string problem);
    }
}
