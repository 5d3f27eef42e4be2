using PureHDF;
using PureHDF.VOL.Native;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>Chooses block size and cache by a dataset's chunks, so that each chunk is inflated once and memory stays small.</summary>
internal sealed class Hdf5Chunks
{
    private readonly int _images = 1;
    private readonly int _chunksPerRow;
    private readonly ulong _rowBytes;
    private readonly IReadingChunkCache? _shared;
    private readonly Hdf5ChunkSource? _source;

    /// <summary>Reads the chunk layout of a dataset.</summary>
    /// <param name="data">The dataset of images.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="sampleSize">The size of a sample in bytes.</param>
    /// <param name="blockBytes">The minimum size of one read in bytes.</param>
    /// <param name="source">The chunks; null if the dataset has none.</param>
    public Hdf5Chunks(NativeDataset data, ImageShape shape, int sampleSize, int blockBytes, Hdf5ChunkSource? source)
    {
        _source = source;
        var images = Math.Max(1, blockBytes / (sampleSize * shape.SamplesPerImage));
        BlockSize = images;
        if (data.Layout.Class != H5DataLayoutClass.Chunked)
        {
            Description =
                Hdf5VirtualSources.IsVirtual(data) ? "virtual"
                : data.Layout.Class == H5DataLayoutClass.Contiguous ? "contiguous"
                : "compact";
            return;
        }

        var chunk = data.Layout.Chunks;
        _images = (int)Math.Min(chunk[0], (ulong)shape.Count);
        _chunksPerRow = Tiles(shape.Channels, chunk[1]) * Tiles(shape.Height, chunk[2]) * Tiles(shape.Width, chunk[3]);
        _rowBytes = (ulong)_chunksPerRow * chunk[0] * chunk[1] * chunk[2] * chunk[3] * (ulong)sampleSize;
        Description = $"chunks of ({string.Join(", ", chunk)})";
        if (_rowBytes <= (ulong)blockBytes)
        {
            BlockSize = (images + _images - 1) / _images * _images;
            return;
        }

        // Such chunks (h5py's default: thousands of images, a few pixels) hold far more images than one read takes, so
        // the current row of chunks stays inflated for later reads. The cache holds two rows, for threads that have
        // reached the next one: with less room they evict each other's chunks (measured: 78 s instead of 6).
        _shared = NewCache();
    }

    /// <summary>The layout as text for display.</summary>
    public string Description { get; }

    /// <summary>The number of images that one read should take.</summary>
    public int BlockSize { get; }

    /// <summary>The number of images that share the same chunks.</summary>
    public int ImagesPerChunk => _images;

    /// <summary>
    /// Creates the cache of a read. It holds two rows of chunks: where chunks cut through images, pixel rows alternate between
    /// chunks, and a smaller cache would inflate each chunk once per pixel row.
    /// </summary>
    public H5DatasetAccess CreateCache() => _chunksPerRow == 0 ? default : new H5DatasetAccess(ChunkCache: _shared ?? NewCache());

    private IReadingChunkCache NewCache()
    {
        var cache = new SimpleReadingChunkCache(2 * _chunksPerRow, 2 * _rowBytes);
        return _source?.Wrap(cache) ?? cache;
    }

    private static int Tiles(int length, ulong chunk) => (int)(((ulong)length + chunk - 1) / chunk);
}
