using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Coos.Server.Benchmarks;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;
using Coos.Simulator;

namespace Coos.Server.Images;

/// <summary>
/// Opens the images of splits: those in dataset files, and simulated ones, which are drawn when they are read. Images are checked
/// once against the labels of the split, and again when the file or the labels change.
/// </summary>
internal sealed partial class ImageStore(ImageFolders folders, LabelStore labels, ILogger<ImageStore> logger)
{
    /// <summary>
    /// The share of images whose label in the file may differ from the benchmark's, which organisers may have corrected. With more,
    /// the file has other images.
    /// </summary>
    private const double MaximumOtherLabels = 0.2;

    private readonly ConcurrentDictionary<(string Slug, string Split), Lazy<Opened>> _opened = new();

    /// <summary>Whether a split of a benchmark has images on this server. They may still turn out to be unusable.</summary>
    public bool Has(BenchmarkFolder folder, string split)
    {
        try
        {
            return folder.Benchmark.Simulation is not null || folders.Find(folder, split) is not null;
        }
        catch (DatasetException)
        {
            return false;
        }
    }

    /// <summary>Opens the images of a split.</summary>
    /// <returns>The images, or why there are none. The reason does not tell a label.</returns>
    public Result<SplitImages> Open(BenchmarkFolder folder, Split split)
    {
        var (benchmark, key) = (folder.Benchmark, (folder.Benchmark.Slug, split.Name));
        try
        {
            var path = benchmark.Simulation is null ? folders.Find(folder, split.Name) : null;
            if (path is null && benchmark.Simulation is null)
            {
                return NoImages(split);
            }

            var version = labels.TryGet(benchmark.Slug, split.Name, out var active) ? active.VersionId : Guid.Empty;
            var stamp = $"{path} {Stamp(path)} {version}";
            var opened = _opened.GetOrAdd(key, Create);
            if (opened.Value.Stamp != stamp)
            {
                // The file or the labels have changed. Of several requests that see this at once, one opens the file again.
                _opened.TryUpdate(key, Create(key), opened);
                opened = _opened[key];
            }

            return opened.Value.Images;

            Lazy<Opened> Create((string, string) _) => new(() => new Opened(stamp, Open(benchmark, split, path, active)));
        }
        catch (DatasetException e)
        {
            Log.NotUsable(logger, benchmark.Slug, split.Name, e.Message);
            return NotUsable(split);
        }
    }

    /// <summary>Refuses a picture that cannot be read, and tells the cause in the log.</summary>
    public Refusal Damaged(Benchmark benchmark, Split split, string id, DatasetException cause)
    {
        Log.NotUsable(logger, benchmark.Slug, split.Name, cause.Message);
        return new Refusal(
            RefusalKind.Conflict,
            "Image cannot be read",
            $"The file with image {id} of {split.Title} is damaged or was removed. The server's log has the cause."
        );
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The images stay open until the server stops or the file is replaced.")]
    private Result<SplitImages> Open(Benchmark benchmark, Split split, string? path, ActiveLabels? active)
    {
        try
        {
            var set = path is null ? SimulatedImageSet.Find(split.Name, benchmark.Simulation!.Seed) : ImageSet.Open(path);
            if (set is null)
            {
                return NoImages(split);
            }

            var images = SplitImages.Index(set);
            if (FindMismatch(images, active) is not { } mismatch)
            {
                return images;
            }

            Log.NotUsable(logger, benchmark.Slug, split.Name, $"{set.Source}: {mismatch}");
            return new Refusal(
                RefusalKind.Conflict,
                "Images do not match",
                $"The images of {split.Title} on this server are not those of its labels: {mismatch}. An organiser can replace the file."
            );
        }
        catch (DatasetException e)
        {
            Log.NotUsable(logger, benchmark.Slug, split.Name, e.Message);
            return NotUsable(split);
        }
    }

    /// <summary>Says how images differ from labels, without telling a label; null if they match.</summary>
    private static string? FindMismatch(SplitImages images, ActiveLabels? active)
    {
        if (active is null)
        {
            return null;
        }

        var known = active.Labels.Images;
        if (!images.Ids.ContentHash.SequenceEqual(known.ContentHash))
        {
            return images.Ids.Count == known.Count
                ? "their ids differ"
                : string.Create(CultureInfo.InvariantCulture, $"there are {images.Ids.Count:N0} images for {known.Count:N0} labels");
        }

        var others = images.CountOtherLabels(active.Labels.Classes);
        return others > MaximumOtherLabels * known.Count ? "most of the file's own labels differ" : null;
    }

    /// <summary>What changes when a file is replaced; empty for simulated images.</summary>
    private static string Stamp(string? path)
    {
        if (path is null)
        {
            return "";
        }

        var file = new FileInfo(path);
        return file.Exists
            ? string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks} {file.Length}")
            : Directory.GetLastWriteTimeUtc(path).Ticks.ToString(CultureInfo.InvariantCulture);
    }

    private static Refusal NoImages(Split split) => Refusal.NotFound($"The images of {split.Title} are not on this server.");

    private static Refusal NotUsable(Split split) =>
        new(
            RefusalKind.Conflict,
            "Images cannot be read",
            $"The images of {split.Title} on this server cannot be read. The server's log has the cause."
        );

    private sealed record Opened(string Stamp, Result<SplitImages> Images);

    private static partial class Log
    {
        [LoggerMessage(135, LogLevel.Error, "Images of {Benchmark}/{Split} cannot be shown: {Problem}")]
        public static partial void NotUsable(ILogger logger, string benchmark, string split, string problem);
    }
}
