using System.Collections.Concurrent;
using System.Globalization;
using Coos.Shared.Datasets.Tiff;

namespace Coos.Shared.Datasets;

/// <summary>
/// Unpacks a set into one 16-bit TIFF file per channel: LABEL/ID_CHANNEL.tif. Files are written into <c>FOLDER.part</c>,
/// which is renamed at the end: the folder appears complete or not at all, with one rename instead of one per file.
/// Files left by an interrupted run are kept if their content is correct.
/// </summary>
public static class DatasetUnpacker
{
    /// <summary>Unpacks a set.</summary>
    /// <param name="set">The set; samples must be whole numbers from 0 to 65535.</param>
    /// <param name="folder">Receives the label folders; if it exists, its files are compared and replaced one by one.</param>
    /// <param name="progress">Receives the number of images done since the last report, from several threads.</param>
    /// <param name="cancellation">Cancels between two images.</param>
    /// <exception cref="DatasetException">The set is damaged, a sample is out of range, or a file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The operation was cancelled.</exception>
    public static UnpackResult Unpack(
        ImageSet set,
        string folder,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var labels = set.ReadLabels();
        var fullPath = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        using var outputLock = OutputLock.Acquire(Path.GetDirectoryName(fullPath) ?? fullPath, Path.GetFileName(fullPath));
        var target = new UnpackTarget(folder, labels);
        var suffixes = CreateSuffixes(set.ChannelNames);
        target.KeepOnly(Enumerable.Range(0, set.Shape.Count).SelectMany(i => suffixes.Select(suffix => Stem(set, labels, i) + suffix)));
        try
        {
            var written = WriteAll(set, labels, suffixes, target, progress, cancellation);
            target.Complete();
            return new UnpackResult(set.Shape.Count, written, (set.Shape.Count * suffixes.Length) - written);
        }
        catch
        {
            target.RemoveEmpty();
            throw;
        }
    }

    /// <summary>Reads every image as <see cref="Unpack"/> does, and writes nothing.</summary>
    /// <param name="set">The set.</param>
    /// <param name="progress">Receives the number of images done since the last report, from several threads.</param>
    /// <param name="cancellation">Cancels between two blocks.</param>
    /// <returns>Why the set cannot be unpacked although it can be read: a sample does not fit a 16-bit file. Null if it can.</returns>
    /// <exception cref="DatasetException">An image cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The operation was cancelled.</exception>
    public static string? Check(ImageSet set, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        var refusals = new ConcurrentDictionary<long, string>();
        ForEachBlock(
            set,
            (block, _) =>
            {
                var samples = new ushort[block.Shape.PixelsPerChannel];
                for (var i = 0; i < block.Count; i++)
                {
                    try
                    {
                        for (var channel = 0; channel < set.Shape.Channels && refusals.IsEmpty; channel++)
                        {
                            Narrow(set, block, i, channel, samples);
                        }
                    }
                    catch (DatasetException fault)
                    {
                        refusals.TryAdd(block.First + i, $"image {block.First + i}: {fault.Problem}");
                    }
                }

                progress?.Report(block.Count);
            },
            cancellation
        );
        return refusals.IsEmpty ? null : refusals.MinBy(r => r.Key).Value;
    }

    private static void ForEachBlock(ImageSet set, Action<ImageBlock, ParallelLoopState> work, CancellationToken cancellation)
    {
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        try
        {
            Parallel.ForEach(set.BlockRanges(), options, (range, loop) => work(set.Read(range.First, range.Count), loop));
        }
        catch (AggregateException fault) when (fault.Flatten().InnerExceptions.OfType<DatasetException>().MinBy(e => e.Index) is { } first)
        {
            throw new DatasetException(first.File, first.Dataset, first.Index, first.Problem, first);
        }
    }

    /// <returns>The number of files that were written.</returns>
    private static int WriteAll(
        ImageSet set,
        int[]? labels,
        string[] suffixes,
        UnpackTarget target,
        IProgress<int>? progress,
        CancellationToken cancellation
    )
    {
        var template = new TiffTemplate(set.Shape.Height, set.Shape.Width);
        var written = 0;
        ForEachBlock(
            set,
            (block, loop) =>
            {
                for (var i = 0; i < block.Count && !loop.ShouldExitCurrentIteration; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var stem = Stem(set, labels, block.First + i);
                    Interlocked.Add(ref written, WriteImage(set, block, i, stem, suffixes, template, target));
                    progress?.Report(1);
                }
            },
            cancellation
        );
        return written;
    }

    private static string Stem(ImageSet set, int[]? labels, int index) =>
        Path.Combine(UnpackTarget.LabelFolder(labels, index), Path.GetFileName(set.Id(index)));

    private static int WriteImage(
        ImageSet set,
        ImageBlock block,
        int index,
        string stem,
        string[] suffixes,
        TiffTemplate template,
        UnpackTarget target
    )
    {
        var written = 0;
        var samples = new ushort[block.Shape.PixelsPerChannel];
        for (var channel = 0; channel < suffixes.Length; channel++)
        {
            Narrow(set, block, index, channel, samples);
            written += target.Write(stem + suffixes[channel], template.Encode(samples)) ? 1 : 0;
        }

        return written;
    }

    private static void Narrow(ImageSet set, ImageBlock block, int index, int channel, ushort[] target)
    {
        var source = block.Channel(index, channel);
        var bad = WholeSamples.Narrow(source, target);
        if (bad >= 0)
        {
            var problem = string.Create(
                CultureInfo.InvariantCulture,
                $"the sample {source[bad]} in channel {channel} is not a whole number from 0 to 65535, so it does not fit a 16-bit file"
            );
            throw new DatasetException(set.Source, null, block.First + index, problem);
        }
    }

    private static string[] CreateSuffixes(IReadOnlyList<string> channels) =>
        channels.Count == 1
            ? [channels[0].Length == 0 ? ".tif" : $"_{channels[0]}.tif"]
            : [.. channels.Select((name, i) => $"_{(name.Length == 0 ? $"channel{i + 1}" : name)}.tif")];
}
