using System.Globalization;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>A folder of single-page TIFF files, one per channel: LABEL/ID_CHANNEL.tif, or ID_CHANNEL.tif without labels.</summary>
internal sealed class TiffImageSet : ImageSet
{
    /// <summary>The number of images that one thread takes at a time.</summary>
    private const int ImagesPerBlock = 64;

    private const int ShownFolders = 8;

    private readonly TiffIndex _index;
    private readonly TiffFormat _format;

    public TiffImageSet(string path)
        : base(path)
    {
        _index = TiffIndex.Read(path);
        _format = TiffPage.ReadFormat(_index.File(0, 0));
        Shape = new ImageShape(_index.Count, _index.Channels.Count, _format.Height, _format.Width);
    }

    public override ImageShape Shape { get; }

    public override string SampleType => _format.SampleType;

    public override string Storage => "TIFF, one file per channel";

    public override IReadOnlyList<string> ChannelNames => _index.Channels;

    public override int BlockSize => ImagesPerBlock;

    public override IReadOnlyList<string> VectorNames => _index.HasLabels ? [LabelVector] : [];

    public override string Id(int index) => _index.Id(index);

    public override string[] ReadVector(string name) =>
        name == LabelVector && _index.HasLabels
            ? [.. Enumerable.Range(0, Shape.Count).Select(_index.Label)]
            : throw new DatasetException(
                Source,
                name,
                null,
                $"no such vector; a folder of TIFF files has {(_index.HasLabels ? LabelVector : "none")}"
            );

    private protected override DatasetException InvalidLabel(string[] labels, int index, int limit)
    {
        if (int.TryParse(labels[index], CultureInfo.InvariantCulture, out _))
        {
            return base.InvalidLabel(labels, index, limit);
        }

        var folders = _index.Labels;
        var shown = string.Join(", ", folders.Take(ShownFolders)) + (folders.Length > ShownFolders ? ", ..." : "");
        return new DatasetException(
            Source,
            null,
            null,
            $"the label folders are named by class ({shown}); rename them to class indices, 0 to K-1 in the benchmark's order of classes"
        );
    }

    protected override void Dispose(bool disposing)
    {
        // Files are open only while they are read.
    }

    protected override void ReadSamples(int first, int count, float[] samples)
    {
        var pixels = Shape.PixelsPerChannel;
        for (var i = 0; i < count; i++)
        {
            for (var channel = 0; channel < Shape.Channels; channel++)
            {
                var target = samples.AsSpan(((i * Shape.Channels) + channel) * pixels, pixels);
                var file = _index.File(first + i, channel);
                TiffPage.Read(file, _format, target);
                FiniteSamples.Check(target, Shape with { Count = 1, Channels = 1 }, file, null, first + i);
            }
        }
    }
}
