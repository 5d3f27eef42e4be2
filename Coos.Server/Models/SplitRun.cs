using Coos.Models.Sandboxing;
using Coos.Server.Images;

namespace Coos.Server.Models;

/// <summary>Scores the images of a split with a model. The next images are read while the model scores.</summary>
internal static class SplitRun
{
    /// <summary>
    /// The number of samples that are sent together at most, and of images. On a processor more are hardly faster, and the memory that a
    /// model needs grows with them: DeepLoc takes five crops of each.
    /// </summary>
    private const int MaximumSamples = 4 << 20;
    private const int MaximumImages = 16;

    /// <summary>Scores all images.</summary>
    /// <param name="model">The model.</param>
    /// <param name="images">The images.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="change">Changes the pixels of an image, given its canonical position; null for none.</param>
    /// <param name="lease">Is told of the progress.</param>
    /// <returns>One score for each image and class, in the canonical order of the images.</returns>
    public static float[] Score(RunningModel model, SplitImages images, int classes, Action<Span<ushort>, int>? change, RunLease lease)
    {
        var count = images.Shape.Count;
        var batch = Math.Clamp(MaximumSamples / model.ImageSize, 1, MaximumImages);
        var scores = new float[count * classes];
        var part = new float[batch * classes];
        var next = ReadAsync(0);
        for (var first = 0; first < count; first += batch)
        {
            lease.Token.ThrowIfCancellationRequested();
            var pixels = next.GetAwaiter().GetResult();
            next = ReadAsync(first + batch);
            var size = pixels.Length / model.ImageSize;
            model.Score(pixels, part.AsSpan(0, size * classes));
            for (var i = 0; i < size; i++)
            {
                part.AsSpan(i * classes, classes).CopyTo(scores.AsSpan(images.GetPosition(first + i) * classes));
            }

            lease.Advance(size);
        }

        return scores;

        Task<ushort[]> ReadAsync(int first) => Task.Run(() => Read(images, first, Math.Min(batch, count - first), change));
    }

    private static ushort[] Read(SplitImages images, int first, int count, Action<Span<ushort>, int>? change)
    {
        if (count <= 0)
        {
            return [];
        }

        var pixels = PixelReader.Read(images, first, count);
        if (change is not null)
        {
            var size = pixels.Length / count;
            for (var i = 0; i < count; i++)
            {
                change(pixels.AsSpan(i * size, size), images.GetPosition(first + i));
            }
        }

        return pixels;
    }
}
