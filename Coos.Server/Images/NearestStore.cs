using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Neighbours;

namespace Coos.Server.Images;

/// <summary>
/// Reads the nearest training images of images from the index beside the dataset, which <c>coos data index</c> writes. A file is read
/// when it is first needed, and again when it or the images change. One that does not belong to the images is not used.
/// </summary>
internal sealed partial class NearestStore(ImageFolders folders, ImageStore store, ILogger<NearestStore> logger)
{
    private readonly ConcurrentDictionary<(string Slug, string Split), Lazy<OpenedIndex>> _opened = new();

    /// <summary>Finds the index of a split.</summary>
    /// <param name="folder">The benchmark.</param>
    /// <param name="split">The split.</param>
    /// <param name="images">The images of the split.</param>
    /// <returns>The index with the training images, or why there is none: not found without a file, otherwise a conflict.</returns>
    public Result<TrainingNeighbours> Open(BenchmarkFolder folder, Split split, SplitImages images)
    {
        var training = folder.Benchmark.Splits.FirstOrDefault(s => s.Role == SplitRole.Training);
        if (training is null || FindFile(folder, split, training) is not { } path)
        {
            return Refusal.NotFound($"The index of the nearest training images of {split.Title} is not on this server.");
        }

        if (!store.Open(folder, training).TryGet(out var trainingImages, out var refusal))
        {
            return refusal;
        }

        var key = (folder.Benchmark.Slug, split.Name);
        var objects = (RuntimeHelpers.GetHashCode(images), RuntimeHelpers.GetHashCode(trainingImages));
        var stamp = string.Create(CultureInfo.InvariantCulture, $"{path} {File.GetLastWriteTimeUtc(path).Ticks} {objects}");
        var opened = _opened.GetOrAdd(key, Create);
        if (opened.Value.Stamp != stamp)
        {
            // Of several requests that see the change at once, one reads the file again.
            _opened.TryUpdate(key, Create(key), opened);
            opened = _opened[key];
        }

        return opened.Value.Index;

        Lazy<OpenedIndex> Create((string, string) _) =>
            new(() => new OpenedIndex(stamp, Read(folder.Benchmark, split, path, images, training, trainingImages)));
    }

    /// <summary>Finds the file beside the images of the split or of training, or in the benchmark's folder; null without one.</summary>
    private string? FindFile(BenchmarkFolder folder, Split split, Split training)
    {
        try
        {
            var places = new[] { folders.Find(folder, split.Name), folders.Find(folder, training.Name) }.Select(Path.GetDirectoryName);
            return places
                .Append(folder.Path)
                .OfType<string>()
                .Select(p => NeighbourIndex.PathOf(p, split.Name))
                .FirstOrDefault(File.Exists);
        }
        catch (DatasetException)
        {
            // The images themselves are then refused.
            return null;
        }
    }

    private Result<TrainingNeighbours> Read(
        Benchmark benchmark,
        Split split,
        string path,
        SplitImages images,
        Split training,
        SplitImages trainingImages
    )
    {
        try
        {
            var index = NeighbourFile.Read(path, images.Ids, trainingImages.Ids);
            if (
                index.Header.Images == ImageFingerprint.Compute(images.Ids, images.Read)
                && index.Header.Training == ImageFingerprint.Compute(trainingImages.Ids, trainingImages.Read)
            )
            {
                return new TrainingNeighbours(index, training, trainingImages);
            }

            Log.NotUsed(logger, benchmark.Slug, split.Name, $"{path}:1: the index is of other images; create it again (coos data index)");
        }
        catch (DatasetException e)
        {
            Log.NotUsed(logger, benchmark.Slug, split.Name, e.Message);
        }

        return new Refusal(
            RefusalKind.Conflict,
            "Index does not match",
            $"The index of the nearest training images of {split.Title} does not match the images on this server. The server's log has the "
                + "reason; an organiser can create it again with coos data index."
        );
    }

    private sealed record OpenedIndex(string Stamp, Result<TrainingNeighbours> Index);

    private static partial class Log
    {
        [LoggerMessage(137, LogLevel.Warning, "Nearest training images of {Benchmark}/{Split} are not shown: {Problem}")]
        public static partial void NotUsed(ILogger logger, string benchmark, string split, string problem);
    }
}

/// <summary>The nearest training images of the images of a split.</summary>
/// <param name="Index">The index.</param>
/// <param name="Split">The training split.</param>
/// <param name="Images">The training images.</param>
internal sealed record TrainingNeighbours(NeighbourIndex Index, Split Split, SplitImages Images);
