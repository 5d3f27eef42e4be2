using Coos.Baselines.Features;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Texture;

/// <summary>Computes the texture features of the COOS-7 paper (Lu et al. 2019, section 3.1) for an image set.</summary>
public static class TextureFeatures
{
    /// <summary>Computes the features of every image, in parallel, block by block.</summary>
    /// <param name="set">N images of C channels. Texture is computed for the first; the second is only correlated with it.</param>
    /// <param name="options">The distances between neighbours.</param>
    /// <param name="progress">Receives the number of images done since the last report.</param>
    /// <param name="cancellation">Cancels between two blocks.</param>
    /// <returns>Features, N x D, with D from <see cref="TextureOptions.FeatureCount"/>: 69 for two channels and five distances.</returns>
    /// <exception cref="DatasetException">An image cannot be read, or is too small for a distance.</exception>
    public static FeatureMatrix Compute(
        ImageSet set,
        TextureOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(set);
        options ??= new TextureOptions();
        var shape = set.Shape;
        var side = Math.Min(shape.Height, shape.Width);
        if (options.Distances.FirstOrDefault(d => d < 1 || d >= side) is var wrong and not 0)
        {
            throw new DatasetException(
                set.Source,
                null,
                null,
                $"images of {shape.Height} x {shape.Width} pixels have no neighbours at distance {wrong}; "
                    + $"train with distances below {side} (coos baseline run texture --distances)"
            );
        }

        var features = new FeatureMatrix(shape.Count, options.FeatureCount(shape.Channels));
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        try
        {
            Parallel.ForEach(
                set.BlockRanges(),
                parallel,
                () => new TextureImage(options, shape.Channels, shape.Height, shape.Width),
                (range, _, image) =>
                {
                    var block = set.Read(range.First, range.Count);
                    for (var i = 0; i < block.Count; i++)
                    {
                        image.Compute(block.Image(i), features.Row(block.First + i));
                    }

                    progress?.Report(block.Count);
                    return image;
                },
                _ => { }
            );
        }
        catch (AggregateException faults) when (faults.Flatten().InnerExceptions[0] is DatasetException fault)
        {
            throw new DatasetException(fault.Message, faults);
        }

        return features;
    }
}
