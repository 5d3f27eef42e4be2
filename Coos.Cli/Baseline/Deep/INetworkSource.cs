using Coos.Baselines.Deep.Features;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Cli.Baseline.Deep;

/// <summary>Comes by a network: loads its weights, or trains it.</summary>
internal interface INetworkSource
{
    /// <summary>The features' name in tables, as the paper has it.</summary>
    string Title { get; }

    /// <summary>A sentence about the features; complete after <see cref="Open"/>.</summary>
    string Description { get; }

    /// <summary>What decided the network and its features, for run.json; complete after <see cref="Open"/>.</summary>
    object Options { get; }

    /// <summary>Comes by the network.</summary>
    /// <param name="training">The training images.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="device">Where the network goes.</param>
    /// <param name="cancellation">Stops the work.</param>
    IFeatureExtractor Open(ImageSet training, int[] labels, torch.Device device, CancellationToken cancellation);
}
