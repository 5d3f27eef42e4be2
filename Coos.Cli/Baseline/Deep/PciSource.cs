using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Inpainting;
using Coos.Baselines.Deep.Training;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Cli.Baseline.Deep;

/// <summary>Paired cell inpainting, trained here or before.</summary>
internal sealed class PciSource(DeepRequest request, string preset, PciOptions options, string layer, string pairBy, TextWriter error) : INetworkSource
{
    private TrainingResult? _trained;
    private string? _pairedBy;

    /// <inheritdoc />
    public string Title => $"PCI {char.ToUpperInvariant(layer[0])}{layer[1..]}";

    /// <inheritdoc />
    public string Description => $"Maximum over space of {layer} of the source encoder of paired cell inpainting"
        + (_pairedBy is null ? "." : $"; pairs agree in {_pairedBy}, labels are used for nothing else; preset {preset}, {_trained!.Step} steps of {options.Batch} pairs.");

    /// <inheritdoc />
    public object Options => request.Weights is { } weights
        ? new { Network = "pci", Layer = layer, Weights = Path.GetFileName(weights) }
        : new { Network = "pci", Layer = layer, Preset = preset, Training = options, PairedBy = _pairedBy, StepsDone = _trained?.Curve.Count, SecondsAStep = _trained?.MedianSeconds };

    /// <inheritdoc />
    public IFeatureExtractor Open(ImageSet training, int[] labels, torch.Device device, CancellationToken cancellation)
    {
        PciExtractor.RequireLayer(layer);
        if (request.Weights is null)
        {
            (_trained, _pairedBy, var sources) = TrainingDisplay.Show("pci", error, progress =>
                PciBaseline.Train(training, pairBy, options, request.Seed, device, request.Training, progress, cancellation));
            error.WriteLine($"pci: pairs agree in {_pairedBy}; {sources} of {training.Shape.Count} images have a partner");
        }

        return PciExtractor.Load(request.Weights ?? Path.Combine(request.Training, PciBaseline.FileName), layer, device);
    }
}
