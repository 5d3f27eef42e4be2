using System.IO.Compression;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;
using Coos.Web.Configuration;
using Coos.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Web.Benchmarks;

/// <summary>
/// Brings labels from the benchmark folders into the database and memory. Labels that are in the database and no longer
/// in a folder stay in force.
/// </summary>
internal sealed partial class LabelImport(
    BenchmarkCatalog catalog, LabelStore store, IDbContextFactory<CoosDbContext> databases, TimeProvider clock, ILogger<LabelImport> logger)
{
    /// <summary>Imports the labels of all benchmarks.</summary>
    /// <exception cref="StartException">A label file has problems.</exception>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        foreach (var folder in catalog.All)
        {
            foreach (var split in folder.Benchmark.Splits)
            {
                await ImportAsync(database, folder, split, cancellation);
            }
        }
    }

    private async Task ImportAsync(CoosDbContext database, BenchmarkFolder folder, Split split, CancellationToken cancellation)
    {
        var slug = folder.Benchmark.Slug;
        var versions = database.LabelVersions.Where(v => v.Benchmark == slug && v.Split == split.Name);
        var labels = ReadFile(folder, split);
        if (labels is null)
        {
            var latest = await versions.OrderByDescending(v => v.ActivatedAt).FirstOrDefaultAsync(cancellation);
            if (latest is not null)
            {
                store.Set(slug, split.Name, new ActiveLabels(latest.Id, Unpack(latest.Content, folder.Benchmark)));
            }

            return;
        }

        var known = await versions.Where(v => v.Hash == labels.Hash).Select(v => (Guid?)v.Id).FirstOrDefaultAsync(cancellation);
        var id = known ?? await InsertAsync(database, slug, split.Name, labels, cancellation);
        if (known is not null)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            await versions.Where(v => v.Id == id).ExecuteUpdateAsync(set => set.SetProperty(v => v.ActivatedAt, now), cancellation);
        }

        store.Set(slug, split.Name, new ActiveLabels(id, labels));
    }

    private async Task<Guid> InsertAsync(CoosDbContext database, string slug, string split, SplitLabels labels, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var version = new LabelVersion
        {
            Id = Guid.CreateVersion7(now),
            Benchmark = slug,
            Split = split,
            Hash = labels.Hash,
            Images = labels.Images.Count,
            Content = Pack(labels),
            ActivatedAt = now.UtcDateTime,
        };
        database.Add(version);
        await database.SaveChangesAsync(cancellation);
        Log.Imported(logger, slug, split, labels.Images.Count, labels.Hash);
        return version.Id;
    }

    /// <summary>The labels of the split's file in the folder; null where there is none.</summary>
    private static SplitLabels? ReadFile(BenchmarkFolder folder, Split split)
    {
        var path = folder.LabelPath(split.Name);
        path = File.Exists(path) ? path : path + ".gz";
        if (!File.Exists(path))
        {
            return null;
        }

        var problems = new ProblemList();
        using var file = File.OpenRead(path);
        using var text = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        var labels = LabelFile.Read(text, path, folder.Benchmark.ClassNames, problems);
        if (labels is null)
        {
            throw new StartException(string.Join('\n', problems.Items));
        }

        return split.Images is { } expected && expected != labels.Images.Count
            ? throw new StartException($"{path}: holds {labels.Images.Count} images where the manifest says {expected}; complete the file or correct the manifest")
            : labels;
    }

    private static byte[] Pack(SplitLabels labels)
    {
        using var content = new MemoryStream();
        using (var packed = new GZipStream(content, CompressionLevel.Optimal))
        using (var writer = new StreamWriter(packed))
        {
            LabelFile.Write(labels, writer);
        }

        return content.ToArray();
    }

    private static SplitLabels Unpack(byte[] content, Benchmark benchmark)
    {
        var problems = new ProblemList();
        using var text = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        return LabelFile.Read(text, "database", benchmark.ClassNames, problems)
            ?? throw new StartException($"{benchmark.Slug}: labels imported earlier no longer fit the manifest:\n{string.Join('\n', problems.Items)}");
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Information, "Labels of {Benchmark}/{Split} imported: {Images} images, {Hash}")]
        public static partial void Imported(ILogger logger, string benchmark, string split, int images, string hash);
    }
}
