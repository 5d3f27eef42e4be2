using Coos.Baselines.Deep.Native;
using Coos.Baselines.Features;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Baselines.Deep.Features;

/// <summary>Runs a network on an image set.</summary>
public static class NetworkFeatures
{
    /// <summary>Computes the features of every image. Images are read in blocks, so memory does not grow with the set.</summary>
    /// <param name="set">The set of N images.</param>
    /// <param name="extractor">The network.</param>
    /// <param name="device">The device of the network.</param>
    /// <param name="progress">Receives the number of images done since the last report.</param>
    /// <param name="cancellation">Cancels between two batches.</param>
    /// <returns>Features, N x D.</returns>
    /// <exception cref="DatasetException">An image cannot be read, or the network cannot process the images.</exception>
    /// <exception cref="BaselineException">There is not enough memory.</exception>
    public static FeatureMatrix Compute(
        ImageSet set,
        IFeatureExtractor extractor,
        torch.Device device,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(extractor);
        extractor.Require(set);
        var features = new FeatureMatrix(set.Shape.Count, extractor.Columns);
        using var gradients = torch.no_grad();
        foreach (var block in set.Blocks())
        {
            for (var first = 0; first < block.Count; first += extractor.BatchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = Math.Min(extractor.BatchSize, block.Count - first);
                TorchErrors.Translate(
                    () => Compute(block, first, count, extractor, device, features),
                    $"this network and {count} images; use a machine with more, or --device cpu if GPU memory ran out"
                );
                progress?.Report(count);
            }
        }

        return features;
    }

    private static bool Compute(
        ImageBlock block,
        int first,
        int count,
        IFeatureExtractor extractor,
        torch.Device device,
        FeatureMatrix features
    )
    {
        using var scope = torch.NewDisposeScope();
        var length = extractor.InputLength(block.Shape);
        var input = new float[(long)count * length];
        Parallel.For(0, count, i => extractor.Prepare(block.Image(first + i), block.Shape, input.AsSpan(i * length, length)));
        var result = extractor.Extract(torch.tensor(input, [count, length]).to(device), block.Shape).cpu().contiguous();
        var values = result.data<float>().ToArray();
        var to = features.Values.AsSpan((block.First + first) * features.Columns, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            to[i] = values[i];
        }

        return true;
    }
}
