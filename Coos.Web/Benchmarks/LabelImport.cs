using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Web.Configuration;
using Coos.Web.Data;
using Coos.Web.Evaluations;
using Microsoft.EntityFrameworkCore;

namespace Coos.Web.Benchmarks;

/// <summary>
/// Brings labels from the benchmark folders into the database and memory. Labels that are in the database and no longer
/// in a folder stay in force.
/// </summary>
internal sealed partial class LabelImport(
    BenchmarkCatalog catalog, LabelStore store, IDbContextFactory<CoosDbContext> databases, TimeProvider clock, ILogger<LabelImport> logger)
{
    /// <summary>Imports the labels of all benchmarks, at start.</summary>
    /// <exception cref="StartException">A label file has problems.</exception>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        try
        {
            foreach (var folder in catalog.All)
            {
                foreach (var split in folder.Benchmark.Splits)
                {
                    await ImportOrRestoreAsync(database, folder, split, cancellation);
                }
            }
        }
        catch (LabelSourceException e)
        {
            throw new StartException(e.Message, e);
        }
    }

    /// <summary>Imports the labels of one split from a file that changed while the server runs.</summary>
    /// <returns>Whether other labels are in force now.</returns>
    /// <exception cref="LabelSourceException">The file has problems; the labels so far stay in force.</exception>
    public async Task<bool> ImportAsync(BenchmarkFolder folder, Split split, LabelSource source, CancellationToken cancellation)
    {
        var labels = source.Read(folder.Benchmark, split);
        if (store.TryGet(folder.Benchmark.Slug, split.Name, out var active) && active.Labels.Hash == labels.Hash)
        {
            return false;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        await ActivateAsync(database, folder.Benchmark.Slug, split.Name, labels, cancellation);
        await News.TellLabelsAsync(database, folder.Benchmark.Slug, split.Name, cancellation);
        return true;
    }

    /// <summary>Puts labels in force that were sent and checked.</summary>
    public async Task ImportAsync(string slug, string split, SplitLabels labels, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await ActivateAsync(database, slug, split, labels, cancellation);
        await News.TellLabelsAsync(database, slug, split, cancellation);
    }

    /// <summary>Makes the labels in force that the database says are, after another process brought them in.</summary>
    /// <exception cref="LabelSourceException">They do not fit this process's manifest.</exception>
    public async Task ReloadAsync(string slug, string split, CancellationToken cancellation)
    {
        if (catalog.TryGet(slug, out var folder) && folder.Benchmark.FindSplit(split) is { } known)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            await RestoreAsync(database, folder, known, cancellation);
        }
    }

    private async Task ImportOrRestoreAsync(CoosDbContext database, BenchmarkFolder folder, Split split, CancellationToken cancellation)
    {
        var slug = folder.Benchmark.Slug;
        if (LabelSource.Find(folder, split.Name) is { } source)
        {
            await ActivateAsync(database, slug, split.Name, source.Read(folder.Benchmark, split), cancellation);
            return;
        }

        await RestoreAsync(database, folder, split, cancellation);
    }

    private async Task RestoreAsync(CoosDbContext database, BenchmarkFolder folder, Split split, CancellationToken cancellation)
    {
        var slug = folder.Benchmark.Slug;
        var latest = await database.LabelVersions
            .Where(v => v.Benchmark == slug && v.Split == split.Name)
            .OrderByDescending(v => v.ActivatedAt)
            .FirstOrDefaultAsync(cancellation);
        if (latest is not null)
        {
            store.Set(slug, split.Name, new ActiveLabels(latest.Id, LabelArchive.Unpack(latest.Content, folder.Benchmark)));
        }
    }

    private async Task ActivateAsync(CoosDbContext database, string slug, string split, SplitLabels labels, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var versions = database.LabelVersions.Where(v => v.Benchmark == slug && v.Split == split && v.Hash == labels.Hash);
        var id = await versions.Select(v => (Guid?)v.Id).FirstOrDefaultAsync(cancellation);
        if (id is null)
        {
            id = Guid.CreateVersion7(now);
            database.Add(ToRow(id.Value, slug, split, labels, now.UtcDateTime));
            await database.SaveChangesAsync(cancellation);
            Log.Imported(logger, slug, split, labels.Images.Count, labels.Hash);
        }
        else
        {
            await versions.ExecuteUpdateAsync(set => set.SetProperty(v => v.ActivatedAt, now.UtcDateTime), cancellation);
        }

        store.Set(slug, split, new ActiveLabels(id.Value, labels));
    }

    private static LabelVersion ToRow(Guid id, string slug, string split, SplitLabels labels, DateTime now) => new()
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
    }
}
