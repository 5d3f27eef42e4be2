using PureHDF;
using PureHDF.VOL.Native;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>How a dataset of images is cut into chunks, and so how to inflate each chunk only once in little memory.</summary>
internal sealed class Hdf5Chunks
{
    private readonly int _images = 1;
    private readonly int _chunksPerRow;
    private readonly ulong _rowBytes;
    private readonly SimpleReadingChunkCache? _shared;

    /// <summary>Looks at a dataset.</summary>
    /// <param name="data">Images.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="sampleSize">Bytes.</param>
    /// <param name="blockBytes">How many bytes one read takes at least.</param>
    public Hdf5Chunks(NativeDataset data, ImageShape shape, int sampleSize, int blockBytes)
    {
        var images = Math.Max(1, blockBytes / (sampleSize * shape.SamplesPerImage));
        BlockSize = images;
        if (data.Layout.Class != H5DataLayoutClass.Chunked)
        {
            Description = data.Layout.Class == H5DataLayoutClass.Contiguous ? "contiguous" : "compact";
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

        // Such chunks (h5py's own choice: thousands of images, a few pixels) hold far more images than a read takes. The row
        // of chunks in hand stays inflated for the reads to come; two rows, for threads that have reached the next one (with less, they push each
        // other's chunks out: measured 78 s instead of 6).
        _shared = new SimpleReadingChunkCache(2 * _chunksPerRow, 2 * _rowBytes);
    }

    /// <summary>The layout in words.</summary>
    public string Description { get; }

    /// <summary>How many images one read should take.</summary>
    public int BlockSize { get; }

    /// <summary>How many images lie in the same chunks.</summary>
    public int ImagesPerChunk => _images;

    /// <summary>
    /// The cache of a read. It holds two rows of chunks: where chunks cut through images, rows of pixels alternate between
    /// them, and a smaller cache would inflate each chunk once a row of pixels.
    /// </summary>
    public H5DatasetAccess Cache() => _chunksPerRow == 0
        ? default
        : new H5DatasetAccess(ChunkCache: _shared ?? new SimpleReadingChunkCache(2 * _chunksPerRow, 2 * _rowBytes));

    private static int Tiles(int length, ulong chunk) => (int)(((ulong)length + chunk - 1) / chunk);
}
