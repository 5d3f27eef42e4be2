using System.Runtime.CompilerServices;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Pictures;
using Microsoft.Extensions.Caching.Memory;

namespace Coos.Server.Images;

/// <summary>Draws images as pictures, and keeps the latest in memory.</summary>
internal sealed class TileStore(ImageStore store, IntensityWindows windows) : IDisposable
{
    /// <summary>The size of all kept pictures in bytes: some 2,500 of 64 by 64 pixels.</summary>
    private const long MaximumBytes = 16 << 20;

    /// <summary>What a kept picture takes besides its bytes.</summary>
    private const int Overhead = 256;

    private readonly MemoryCache _tiles = new(new MemoryCacheOptions { SizeLimit = MaximumBytes });

    /// <summary>Draws an image.</summary>
    /// <param name="folder">The benchmark.</param>
    /// <param name="split">The split.</param>
    /// <param name="images">The images of the split.</param>
    /// <param name="position">The canonical position of the image.</param>
    /// <param name="look">How it is drawn.</param>
    /// <returns>The PNG, or why the image cannot be read.</returns>
    public Result<byte[]> Draw(BenchmarkFolder folder, Split split, SplitImages images, int position, TileLook look)
    {
        // A replaced file is another object, whose pictures are others.
        var key = (RuntimeHelpers.GetHashCode(images), folder.Benchmark.Slug, split.Name, position, look.Key);
        if (_tiles.TryGetValue(key, out byte[]? kept))
        {
            return kept!;
        }

        try
        {
            var image = images.Read(position);
            IntensityWindow[] ranges = [.. windows.Get(folder, images).Select(w => w.WithContrast(look.Contrast))];
            var size = look.Size > 0 ? look.Size : Math.Min(Tile.MaximumSize, Math.Max(image.Shape.Height, image.Shape.Width));
            var png = Tile.Draw(image, look.Channels, ranges, size);
            return _tiles.Set(key, png, new MemoryCacheEntryOptions { Size = png.Length + Overhead });
        }
        catch (DatasetException e)
        {
            return store.Damaged(folder.Benchmark, split, images.Ids.Id(position), e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _tiles.Dispose();
}
