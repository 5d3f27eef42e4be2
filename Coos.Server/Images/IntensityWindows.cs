using System.Runtime.CompilerServices;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Pictures;

namespace Coos.Server.Images;

/// <summary>
/// Finds the window of intensities of each channel: the percentiles of a sample of the training images, so that a split that is
/// darker looks darker. A split with other channels than the training images, or without them, has its own.
/// </summary>
internal sealed class IntensityWindows(ImageStore store)
{
    private const int Reads = 24;
    private const int ImagesPerRead = 16;

    /// <summary>The maximum number of samples of a channel; 500,000 are sorted in some 40 ms.</summary>
    private const int MaximumSamples = 500_000;

    private readonly ConditionalWeakTable<SplitImages, IntensityWindow[]> _windows = [];

    /// <summary>Gets the windows for the images of a split.</summary>
    /// <returns>One per channel.</returns>
    /// <exception cref="DatasetException">No image of the sample can be read.</exception>
    public IReadOnlyList<IntensityWindow> Get(BenchmarkFolder folder, SplitImages images)
    {
        foreach (var split in folder.Benchmark.Splits.Where(s => s.Role == SplitRole.Training))
        {
            if (store.Open(folder, split).TryGet(out var training, out _) && training.Shape.Channels == images.Shape.Channels)
            {
                try
                {
                    return _windows.GetValue(training, Compute);
                }
                catch (DatasetException)
                {
                    // The training images cannot be read; those of the split may.
                }
            }
        }

        return _windows.GetValue(images, Compute);
    }

    private static IntensityWindow[] Compute(SplitImages images)
    {
        var shape = images.Shape;
        var count = Math.Clamp(images.BlockSize, 1, ImagesPerRead);
        var reads = Math.Clamp(shape.Count / count, 1, Reads);
        ImageBlock[] blocks =
        [
            .. Enumerable
                .Range(0, reads)
                .SelectMany(i =>
                {
                    var first = (int)((long)i * shape.Count / reads);
                    return ReadUndamaged(images, first, Math.Min(count, shape.Count - first));
                }),
        ];
        blocks = blocks.Length > 0 ? blocks : [images.ReadStored(0, 1)];
        return [.. Enumerable.Range(0, shape.Channels).Select(channel => IntensityWindow.Of(Sample(blocks, channel)))];
    }

    /// <summary>Reads images together, or one by one without the damaged ones.</summary>
    private static IReadOnlyList<ImageBlock> ReadUndamaged(SplitImages images, int first, int count)
    {
        try
        {
            return [images.ReadStored(first, count)];
        }
        catch (DatasetException) when (count > 1)
        {
            return [.. Enumerable.Range(first, count).SelectMany(i => ReadUndamaged(images, i, 1))];
        }
        catch (DatasetException)
        {
            return [];
        }
    }

    /// <summary>Takes every n-th sample of a channel.</summary>
    private static float[] Sample(ImageBlock[] blocks, int channel)
    {
        var total = blocks.Sum(b => (long)b.Count * b.Shape.PixelsPerChannel);
        var step = (int)Math.Max(1, total / MaximumSamples);
        var samples = new List<float>((int)(total / step) + blocks.Length);
        foreach (var block in blocks)
        {
            for (var image = 0; image < block.Count; image++)
            {
                var pixels = block.Channel(image, channel);
                for (var i = image % step; i < pixels.Length; i += step)
                {
                    samples.Add(pixels[i]);
                }
            }
        }

        return [.. samples];
    }
}
