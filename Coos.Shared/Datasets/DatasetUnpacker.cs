using System.Globalization;
using Coos.Shared.Datasets.Tiff;

namespace Coos.Shared.Datasets;

/// <summary>
/// Unpacks a set into one 16 bit TIFF file a channel: LABEL/ID_CHANNEL.tif. Files are written into a folder beside the
/// wanted one, <c>FOLDER.part</c>, which is renamed when all are there: so the folder appears whole or not at all, for one
/// rename instead of one a file. What an interrupted unpacking left in the part is compared and kept where it is right.
/// </summary>
public static class DatasetUnpacker
{
    /// <summary>Unpacks a set.</summary>
    /// <param name="set">The set; samples must be whole numbers of 16 bits.</param>
    /// <param name="folder">Where label folders go; where it is there already, its files are compared and mended one by one.</param>
    /// <param name="progress">Told the number of images done since it was last told; from several threads.</param>
    /// <param name="cancellation">Stops between two images.</param>
    /// <exception cref="DatasetException">The set is damaged, a sample does not fit, or a file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Unpacked Unpack(ImageSet set, string folder, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var labels = set.ReadLabels();
        var whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        using var own = OutputLock.Take(Path.GetDirectoryName(whole) ?? whole, Path.GetFileName(whole));
        var target = new UnpackTarget(folder, labels);
        var suffixes = Suffixes(set.ChannelNames);
        target.KeepOnly(Enumerable.Range(0, set.Shape.Count).SelectMany(i => suffixes.Select(suffix => Stem(set, labels, i) + suffix)));
        try
        {
            var written = WriteAll(set, labels, suffixes, target, progress, cancellation);
            target.Complete();
            return new Unpacked(set.Shape.Count, written, (set.Shape.Count * suffixes.Length) - written);
        }
        catch
        {
            target.RemoveEmpty();
            throw;
        }
    }

    /// <returns>The number of files that were not there already.</returns>
    private static int WriteAll(ImageSet set, int[]? labels, string[] suffixes, UnpackTarget target, IProgress<int>? progress, CancellationToken cancellation)
    {
        var template = new TiffTemplate(set.Shape.Height, set.Shape.Width);
        var written = 0;
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
                    Interlocked.Add(ref written, WriteImage(set, block, i, Stem(set, labels, index), suffixes, template, target));
                    progress?.Report(1);
                }
            });
        }
        catch (AggregateException fault) when (fault.Flatten().InnerExceptions.OfType<DatasetException>().MinBy(e => e.Index) is { } first)
        {
            throw new DatasetException(first.File, first.Dataset, first.Index, first.Problem, first);
        }

        return written;
    }

    private static string Stem(ImageSet set, int[]? labels, int index) =>
        Path.Combine(UnpackTarget.LabelFolder(labels, index), Path.GetFileName(set.Id(index)));

    private static int WriteImage(
        ImageSet set, ImageBlock block, int index, string stem, string[] suffixes, TiffTemplate template, UnpackTarget target)
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
            throw new DatasetException(
                set.Source, null, block.First + index,
                string.Create(CultureInfo.InvariantCulture, $"the sample {source[bad]} in channel {channel} is no whole number from 0 to 65535, so it does not fit a 16 bit file"));
        }
    }

    private static string[] Suffixes(IReadOnlyList<string> channels) => channels.Count == 1
        ? [channels[0].Length == 0 ? ".tif" : $"_{channels[0]}.tif"]
        : [.. channels.Select((name, i) => $"_{(name.Length == 0 ? $"channel{i + 1}" : name)}.tif")];
}
