using Coos.Baselines.Features;
using Coos.Baselines.Texture;
using Coos.Cli.Data;
using Coos.Shared.Datasets;

namespace Coos.Cli.Baseline;

/// <summary>Texture features of splits: from disk where they were computed before, else computed with a progress bar.</summary>
internal sealed class FeatureSource(string folder, TextureOptions options)
{
    private readonly FeatureCache _cache = new(folder);

    /// <summary>The features of a split.</summary>
    /// <returns>N x D.</returns>
    public FeatureMatrix Get(ImageSet set, string split, CancellationToken cancellation) => _cache.GetOrCompute(
        set, options.Name, options.FeatureCount(set.Shape.Channels),
        () => ProgressBar.Show($"texture {split}", set.Shape.Count, progress => TextureFeatures.Compute(set, options, progress, cancellation)), cancellation);
}
