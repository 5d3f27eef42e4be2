using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Training;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Cli.Baseline.Deep;

/// <summary>DeepLoc, trained here or before.</summary>
internal sealed class DeepLocSource(DeepRequest request, string preset, DeepLocOptions options, TextWriter error) : INetworkSource
{
    private readonly bool _isEndToEnd = request.Classifier is null;
    private TrainingResult? _trained;

    /// <inheritdoc />
    public string Title => _isEndToEnd ? "DeepLoc" : "DeepLoc (FC2)";

    /// <inheritdoc />
    public string Description => (_isEndToEnd ? "DeepLoc end to end, softmax averaged over five crops" : "The 512 outputs of DeepLoc's second fully connected layer on the middle crop")
        + (request.Weights is null ? $"; preset {preset}, {options.Steps} steps of {options.Batch} images at most." : ".");

    /// <inheritdoc />
    public object Options => request.Weights is { } weights
        ? new { Network = "deeploc", Weights = Path.GetFileName(weights) }
        : new { Network = "deeploc", Preset = preset, Training = options, StepsDone = _trained?.Curve.Count, StepKept = _trained?.Step, SecondsAStep = _trained?.MedianSeconds };

    /// <inheritdoc />
    public IFeatureExtractor Open(ImageSet training, int[] labels, torch.Device device, CancellationToken cancellation)
    {
        if (request.Weights is null)
        {
            _trained = TrainingDisplay.Show("deeploc", error, progress =>
                DeepLocBaseline.Train(training, labels, options, request.Seed, device, request.Training, progress, cancellation));
        }

        return DeepLocExtractor.Load(request.Weights ?? Path.Combine(request.Training, DeepLocBaseline.FileName), _isEndToEnd, device);
    }
}
