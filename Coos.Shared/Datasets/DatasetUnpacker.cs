using System.Globalization;
using Coos.Shared.Datasets.Tiff;

namespace Coos.Shared.Datasets;

/// <summary>
/// Unpacks a set into one 16 bit TIFF file a channel: LABEL/ID_CHANNEL.tif. Every file appears whole or not at all, and a
/// file that is there already with the same content is kept: so an interrupted unpacking is resumed by starting it again.
/// </summary>
public static class DatasetUnpacker
{
    /// <summary>Unpacks a set.</summary>
    /// <param name="set">The set; samples must be whole numbers of 16 bits.</param>
    /// <param name="folder">Where label folders go; made where it is missing.</param>
    /// <param name="progress">Told the number of images done since it was last told; from several threads.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <exception cref="DatasetException">The set is damaged, a sample does not fit, or a file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Unpacked Unpack(ImageSet set, string folder, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var labels = set.ReadLabels();
        Prepare(folder, labels);
        var suffixes = Suffixes(set.ChannelNames);
        var written = 0;
        var kept = 0;
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        try
        {
            Parallel.ForEach(set.BlockRanges(), options, (range, loop) =>
            {
                var block = set.Read(range.First, range.Count);
                for (var i = 0; i < block.Count && !loop.ShouldExitCurrentIteration; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var index = block.First + i;
                    var stem = Path.Combine(folder, Folder(labels, index), Path.GetFileName(set.Id(index)));
                    var files = WriteImage(set, block, i, stem, suffixes);
                    Interlocked.Add(ref written, files);
                    Interlocked.Add(ref kept, suffixes.Length - files);
                    progress?.Report(1);
                }
            });
        }
        catch (AggregateException fault) when (fault.Flatten().InnerExceptions.OfType<DatasetException>().MinBy(e => e.Index) is { } first)
        {
            throw new DatasetException(first.File, first.Dataset, first.Index, first.Problem, first);
        }

        return new Unpacked(set.Shape.Count, written, kept);
    }

    private static int WriteImage(ImageSet set, ImageBlock block, int index, string stem, string[] suffixes)
    {
        var written = 0;
        var samples = new ushort[block.Shape.PixelsPerChannel];
        for (var channel = 0; channel < suffixes.Length; channel++)
        {
            Narrow(set, block, index, channel, samples);
            var content = TiffEncoder.Encode(samples, block.Shape.Height, block.Shape.Width);
            var path = stem + suffixes[channel];
            if (!IsThere(path, content))
            {
                AtomicFile.Write(path, content);
                written++;
            }
        }

        return written;
    }

    private static void Narrow(ImageSet set, ImageBlock block, int index, int channel, ushort[] target)
    {
        var source = block.Channel(index, channel);
        for (var i = 0; i < source.Length; i++)
        {
            var sample = source[i];
            target[i] = (ushort)Math.Clamp(sample, ushort.MinValue, ushort.MaxValue);
            if (target[i] != sample)
            {
                throw new DatasetException(
                    set.Source, null, block.First + index,
                    string.Create(CultureInfo.InvariantCulture, $"the sample {sample} in channel {channel} is no whole number from 0 to 65535, so it does not fit a 16 bit file"));
            }
        }
    }

    /// <summary>Compared, not trusted by name: a file of another dataset, or of a crash, is written over.</summary>
    private static bool IsThere(string path, byte[] content)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == content.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);
    }

    private static void Prepare(string folder, int[]? labels)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var label in labels?.Distinct() ?? [])
            {
                Directory.CreateDirectory(Path.Combine(folder, label.ToString(CultureInfo.InvariantCulture)));
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(folder, null, null, $"the folder cannot be made: {fault.Message}", fault);
        }
    }

    private static string Folder(int[]? labels, int index) => labels?[index].ToString(CultureInfo.InvariantCulture) ?? "";

    private static string[] Suffixes(IReadOnlyList<string> channels) => channels.Count == 1
        ? [channels[0].Length == 0 ? ".tif" : $"_{channels[0]}.tif"]
        : [.. channels.Select((name, i) => $"_{(name.Length == 0 ? $"channel{i + 1}" : name)}.tif")];
}
