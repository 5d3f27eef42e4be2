using PureHDF;
using PureHDF.VOL.Native;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>How a dataset of images is cut into chunks, and so how to read each chunk only once.</summary>
internal sealed class Hdf5Chunks
{
    private readonly int _images;
    private readonly int _chunksPerImage;
    private readonly ulong _bytes;

    public Hdf5Chunks(NativeDataset data, ImageShape shape, int sampleSize)
    {
        if (data.Layout.Class != H5DataLayoutClass.Chunked)
        {
            _images = 1;
            Description = data.Layout.Class == H5DataLayoutClass.Contiguous ? "contiguous" : "compact";
            return;
        }

        var chunk = data.Layout.Chunks;
        _images = (int)Math.Min(chunk[0], (ulong)shape.Count);
        _chunksPerImage = Tiles(shape.Channels, chunk[1]) * Tiles(shape.Height, chunk[2]) * Tiles(shape.Width, chunk[3]);
        _bytes = chunk[0] * chunk[1] * chunk[2] * chunk[3] * (ulong)sampleSize;
        Description = $"chunks of ({string.Join(", ", chunk)})";
    }

    /// <summary>The layout in words.</summary>
    public string Description { get; }

    /// <summary>The number of images nearest above the wanted one that fills whole chunks.</summary>
    public int Align(int images) => (images + _images - 1) / _images * _images;

    /// <summary>
    /// A cache for one read. It holds two rows of chunks: where chunks cut through images (h5py's own choice of chunks
    /// does), rows of pixels alternate between them, and a smaller cache would inflate each chunk once a row.
    /// </summary>
    public H5DatasetAccess NewCache() => _chunksPerImage == 0
        ? default
        : new H5DatasetAccess(ChunkCache: new SimpleReadingChunkCache(2 * _chunksPerImage, 2 * (ulong)_chunksPerImage * _bytes));

    private static int Tiles(int length, ulong chunk) => (int)(((ulong)length + chunk - 1) / chunk);
}
