using Coos.Baselines.Deep.Features;
using Coos.Baselines.Features;
using Coos.Cli.Data;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Cli.Baseline.Deep;

/// <summary>Provides a network's features of splits: from the cache on disk, or computed with a progress bar.</summary>
internal sealed class DeepFeatureSource(string folder, IFeatureExtractor extractor, torch.Device device)
{
    private readonly FeatureCache _cache = new(folder);

    /// <summary>Gets the features of a split.</summary>
    /// <returns>N images x D features.</returns>
    public FeatureMatrix Get(ImageSet set, string split, CancellationToken cancellation) =>
        _cache.GetOrCompute(
            set,
            extractor.Kind,
            extractor.Columns,
            () =>
                ProgressBar.Show(
                    $"{extractor.Description.Family} {split}",
                    set.Shape.Count,
                    progress => NetworkFeatures.Compute(set, extractor, device, progress, cancellation)
                ),
            cancellation
        );
}
