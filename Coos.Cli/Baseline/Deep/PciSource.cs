using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Inpainting;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Training;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Cli.Baseline.Deep;

/// <summary>A network of paired cell inpainting, trained by this run or loaded from a file.</summary>
internal sealed class PciSource(DeepRequest request, string preset, PciOptions options, string layer, string pairBy, TextWriter error)
    : INetworkSource
{
    private TrainingResult? _trained;
    private NetworkDescription? _network;

    /// <inheritdoc />
    public string Title => $"PCI {char.ToUpperInvariant(layer[0])}{layer[1..]}";

    /// <inheritdoc />
    public string Description =>
        $"Maximum over space of {layer} of the source encoder of paired cell inpainting; "
        + $"cells are paired by {_network!.PairedBy}, labels are not used otherwise; "
        + $"{TrainedNetwork.DescribeTraining(_network, "pairs")}.";

    /// <inheritdoc />
    public object Options =>
        request.Weights is { } weights
            ? new
            {
                Network = "pci",
                Layer = layer,
                Weights = Path.GetFileName(weights),
                Trained = TrainedNetwork.CreateOptions(_network!),
            }
            : new
            {
                Network = "pci",
                Layer = layer,
                Preset = preset,
                Training = options,
                _network!.PairedBy,
                StepsDone = _trained?.Curve.Count,
                SecondsAStep = _trained?.MedianSeconds,
            };

    /// <inheritdoc />
    public IFeatureExtractor Open(ImageSet training, int[] labels, torch.Device device, CancellationToken cancellation)
    {
        PciExtractor.RequireLayer(layer);
        if (request.Weights is null)
        {
            (_trained, var pairedBy, var sources) = TrainingDisplay.Show(
                "pci",
                error,
                progress =>
                    PciBaseline.Train(
                        training,
                        pairBy,
                        options,
                        request.Seed,
                        device,
                        request.Training,
                        request.Command,
                        progress,
                        cancellation
                    )
            );
            error.WriteLine($"pci: paired by {pairedBy}; {sources} of {training.Shape.Count} images have a partner");
        }

        var extractor = PciExtractor.Load(request.Weights ?? Path.Combine(request.Training, PciBaseline.FileName), layer, device);
        _network = extractor.Description.Network!;
        return extractor;
    }
}
