using System.Text;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;
using Coos.Shared.Labels;

namespace Coos.Server.Images;

/// <summary>
/// The images of a split, in the canonical order of their ids: position p of the labels and predictions is image p. Reads are
/// thread-safe. A replaced set is not closed, because a request may still read it; its handle closes the file.
/// </summary>
internal sealed class SplitImages
{
    private readonly ImageSet _set;
    private readonly int[] _order;
    private readonly Lazy<int[]> _positions;

    private SplitImages(ImageSet set, ImageIndex ids, int[] order)
    {
        (_set, Ids, _order) = (set, ids, order);
        _positions = new Lazy<int[]>(Invert);
    }

    /// <summary>The ids of the images.</summary>
    public ImageIndex Ids { get; }

    /// <summary>The shape of the set: N, C, H, W.</summary>
    public ImageShape Shape => _set.Shape;

    /// <summary>The number of images that are decoded together, so that a sample of the set reads few blocks.</summary>
    public int BlockSize => _set.BlockSize;

    /// <summary>The names of the channels: those of the manifest, otherwise those of the file, which may be empty.</summary>
    public IReadOnlyList<string> NameChannels(Benchmark benchmark) => benchmark.Image?.Channels ?? _set.ChannelNames;

    /// <summary>Indexes the images of a set.</summary>
    /// <param name="set">The set.</param>
    /// <exception cref="DatasetException">Two images have one id.</exception>
    public static SplitImages Index(ImageSet set)
    {
        byte[][] ids = [.. Enumerable.Range(0, set.Shape.Count).Select(i => Encoding.UTF8.GetBytes(set.Id(i)))];
        try
        {
            var index = ImageIndex.Create(ids, out var order);
            return new SplitImages(set, index, order);
        }
        catch (ArgumentException e)
        {
            throw new DatasetException(set.Source, null, null, e.Message, e);
        }
    }

    /// <summary>Finds the canonical position of an image; -1 if there is none with this id.</summary>
    public int Find(string id) => Ids.Find(Encoding.UTF8.GetBytes(id));

    /// <summary>Reads an image.</summary>
    /// <param name="position">Its canonical position, 0 .. N - 1.</param>
    /// <exception cref="DatasetException">The file is damaged or no longer there.</exception>
    public ImageBlock Read(int position) => _set.Read(_order[position], 1);

    /// <summary>Reads consecutive images as they are stored.</summary>
    /// <param name="first">The index of the first image in the file, not its position.</param>
    /// <param name="count">The number of images.</param>
    /// <exception cref="DatasetException">The file is damaged or no longer there.</exception>
    public ImageBlock ReadStored(int first, int count) => _set.Read(first, count);

    /// <summary>Finds the canonical position of an image.</summary>
    /// <param name="stored">The index of the image in the file.</param>
    public int GetPosition(int stored) => _positions.Value[stored];

    /// <summary>Counts the images whose stored label differs from the given ones.</summary>
    /// <param name="classes">The class of each image, in canonical order.</param>
    /// <returns>Null if the set has no labels.</returns>
    /// <exception cref="DatasetException">The stored labels cannot be read.</exception>
    public int? CountOtherLabels(ReadOnlySpan<ushort> classes)
    {
        if (_set.ReadLabels() is not { } labels)
        {
            return null;
        }

        var others = 0;
        for (var i = 0; i < classes.Length; i++)
        {
            others += labels[_order[i]] == classes[i] ? 0 : 1;
        }

        return others;
    }

    private int[] Invert()
    {
        var positions = new int[_order.Length];
        for (var position = 0; position < _order.Length; position++)
        {
            positions[_order[position]] = position;
        }

        return positions;
    }
}
