using Coos.Baselines;
using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Training;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Cli.Baseline.Deep;

/// <summary>A DeepLoc network, trained by this run or loaded from a file.</summary>
internal sealed class DeepLocSource(DeepRequest request, string preset, DeepLocOptions options, TextWriter error) : INetworkSource
{
    private readonly bool _isEndToEnd = request.Classifier is null;
    private TrainingResult? _trained;
    private NetworkDescription? _network;

    /// <inheritdoc />
    public string Title => _isEndToEnd ? "DeepLoc" : "DeepLoc (FC2)";

    /// <inheritdoc />
    public string Description =>
        (
            _isEndToEnd
                ? "DeepLoc end to end, softmax averaged over five crops"
                : "The 512 outputs of DeepLoc's second fully connected layer on the middle crop"
        ) + $"; {TrainedNetwork.DescribeTraining(_network!, "images")}.";

    /// <inheritdoc />
    public object Options =>
        request.Weights is { } weights
            ? new
            {
                Network = "deeploc",
                Weights = Path.GetFileName(weights),
                Trained = TrainedNetwork.CreateOptions(_network!),
            }
            : new
            {
                Network = "deeploc",
                Preset = preset,
                Training = options,
                StepsDone = _trained?.Curve.Count,
                StepKept = _trained?.Step,
                SecondsAStep = _trained?.MedianSeconds,
            };

    /// <inheritdoc />
    public IFeatureExtractor Open(ImageSet training, int[] labels, torch.Device device, CancellationToken cancellation)
    {
        if (request.Weights is null)
        {
            _trained = TrainingDisplay.Show(
                "deeploc",
                error,
                progress =>
                    DeepLocBaseline.Train(
                        training,
                        labels,
                        options,
                        request.Seed,
                        device,
                        request.Training,
                        request.Command,
                        progress,
                        cancellation
                    )
            );
        }

        var path = request.Weights ?? Path.Combine(request.Training, DeepLocBaseline.FileName);
        var extractor = DeepLocExtractor.Load(path, _isEndToEnd, device);
        _network = extractor.Description.Network!;
        var classes = labels.DefaultIfEmpty(-1).Max() + 1;
        return !_isEndToEnd || _network.Classes == classes
            ? extractor
            : throw new BaselineException(
                $"{request.Weights} was trained on {_network.Classes} classes, but these images have {classes}; "
                    + "train a new network, or use its features with --classifier knn, l1lr or rf"
            );
    }
}
