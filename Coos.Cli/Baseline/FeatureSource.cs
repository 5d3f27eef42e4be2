using Coos.Baselines.Features;
using Coos.Baselines.Texture;
using Coos.Cli.Data;
using Coos.Shared.Datasets;

namespace Coos.Cli.Baseline;

/// <summary>Provides texture features of splits: from the cache on disk, or computed with a progress bar.</summary>
internal sealed class FeatureSource(string folder, TextureOptions options)
{
    private readonly FeatureCache _cache = new(folder);

    /// <summary>Gets the features of a split.</summary>
    /// <returns>N images x D features.</returns>
    public FeatureMatrix Get(ImageSet set, string split, CancellationToken cancellation) =>
        _cache.GetOrCompute(
            set,
            options.Name,
            options.FeatureCount(set.Shape.Channels),
            () =>
                ProgressBar.Show(
                    $"texture {split}",
                    set.Shape.Count,
                    progress => TextureFeatures.Compute(set, options, progress, cancellation)
                ),
            cancellation
        );
}
