using System.Globalization;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets.Hdf5;
using Coos.Shared.Datasets.Tiff;

namespace Coos.Shared.Datasets;

/// <summary>
/// The images of one split, in an HDF5 file of the COOS layout, in a folder of TIFF files, or drawn when they are read. Images are
/// read in blocks, so memory does not grow with the set. Reads are thread-safe.
/// </summary>
public abstract class ImageSet : IDisposable
{
    /// <summary>The name of the label vector.</summary>
    public const string LabelVector = "labels";

    /// <summary>Creates a set.</summary>
    /// <param name="source">The file or folder, or another name for messages.</param>
    protected ImageSet(string source) => Source = source;

    /// <summary>The file or folder.</summary>
    public string Source { get; }

    /// <summary>The shape of the set: N, C, H, W.</summary>
    public abstract ImageShape Shape { get; }

    /// <summary>The stored sample type, for example <c>uint16</c> or <c>float32</c>.</summary>
    public abstract string SampleType { get; }

    /// <summary>How the images are stored, as text for display.</summary>
    public abstract string Storage { get; }

    /// <summary>The names of the channels in order; empty names if the files do not contain them.</summary>
    public abstract IReadOnlyList<string> ChannelNames { get; }

    /// <summary>The number of images that one read should take: a multiple of the images that are compressed together.</summary>
    public abstract int BlockSize { get; }

    /// <summary>The names of the vectors with one entry per image, such as labels, plates and wells, in alphabetical order.</summary>
    public abstract IReadOnlyList<string> VectorNames { get; }

    /// <summary>Opens a set: a file as HDF5, a folder as TIFF files.</summary>
    /// <exception cref="DatasetException">The path does not exist, or is not in the COOS layout.</exception>
    public static ImageSet Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            return new TiffImageSet(path);
        }

        return File.Exists(path) ? new Hdf5ImageSet(path) : throw new DatasetException(path, null, null, "no such file or folder");
    }

    /// <summary>The id of an image: the index in an HDF5 file, the stem of the file name in a TIFF folder.</summary>
    /// <param name="index">0 .. N - 1.</param>
    public virtual string Id(int index) => index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads one vector as text, with numbers in the invariant culture.</summary>
    /// <returns>N entries.</returns>
    /// <exception cref="DatasetException">The vector does not exist, or does not have N entries.</exception>
    public abstract string[] ReadVector(string name);

    /// <summary>Reads the labels.</summary>
    /// <param name="classes">The number of classes K, if known; labels must be below it.</param>
    /// <returns>N class indices; null if the set has none.</returns>
    /// <exception cref="DatasetException">A label is not a class index.</exception>
    public int[]? ReadLabels(int? classes = null)
    {
        if (!VectorNames.Contains(LabelVector))
        {
            return null;
        }

        var limit = classes ?? ManifestReader.MaximumClasses;
        var texts = ReadVector(LabelVector);
        var labels = new int[texts.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            if (!int.TryParse(texts[i], NumberStyles.None, CultureInfo.InvariantCulture, out labels[i]) || labels[i] >= limit)
            {
                throw InvalidLabel(texts, i, limit);
            }
        }

        return labels;
    }

    private protected virtual DatasetException InvalidLabel(string[] labels, int index, int limit)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"labels are whole numbers from 0 to {limit - 1}");
        var isNumber = double.TryParse(labels[index], CultureInfo.InvariantCulture, out _);
        var problem = isNumber
            ? $"label {labels[index]} is out of range; {range}"
            : $"label {labels[index]} is a text; {range}, so write each class as its number in the benchmark's order of classes";
        return new DatasetException(Source, LabelVector, index, problem);
    }

    /// <summary>Reads and decodes consecutive images.</summary>
    /// <param name="first">The index of the first image.</param>
    /// <param name="count">The number of images.</param>
    /// <exception cref="DatasetException">The file is damaged, or a sample is not a finite number.</exception>
    public ImageBlock Read(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Shape.Count - first);
        var shape = Shape with { Count = count };
        var samples = new float[(long)count * shape.SamplesPerImage];
        ReadSamples(first, count, samples);
        return new ImageBlock(first, shape, samples);
    }

    /// <summary>Reads all images, block by block, in order.</summary>
    /// <exception cref="DatasetException">The file is damaged, or a sample is not a finite number.</exception>
    public IEnumerable<ImageBlock> Blocks() => BlockRanges().Select(range => Read(range.First, range.Count));

    /// <summary>The ranges that <see cref="Blocks"/> reads, for reading them from several threads.</summary>
    public IEnumerable<(int First, int Count)> BlockRanges()
    {
        for (var first = 0; first < Shape.Count; first += BlockSize)
        {
            yield return (first, Math.Min(BlockSize, Shape.Count - first));
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes open files.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Decodes images into an array of exactly the right size.</summary>
    /// <param name="first">The index of the first image.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="samples">Receives finite samples by image, channel, row and column.</param>
    protected abstract void ReadSamples(int first, int count, float[] samples);
}
