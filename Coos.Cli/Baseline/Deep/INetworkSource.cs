using Coos.Baselines.Deep.Features;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Cli.Baseline.Deep;

/// <summary>Provides a network by loading its weights or training it.</summary>
internal interface INetworkSource
{
    /// <summary>The features' name in tables, as in the COOS paper.</summary>
    string Title { get; }

    /// <summary>A one-sentence description of the features; complete after <see cref="Open"/>.</summary>
    string Description { get; }

    /// <summary>The options that determine the network and its features, for run.json; complete after <see cref="Open"/>.</summary>
    object Options { get; }

    /// <summary>Loads or trains the network.</summary>
    /// <param name="training">The training images.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="device">The device the network runs on.</param>
    /// <param name="cancellation">Stops the work.</param>
    IFeatureExtractor Open(ImageSet training, int[] labels, torch.Device device, CancellationToken cancellation);
}
