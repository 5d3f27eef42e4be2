using System.Diagnostics;
using System.Globalization;
using Coos.Baselines;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Deep.Features;
using Coos.Baselines.Deep.Models;
using Coos.Baselines.Deep.Native;
using Coos.Baselines.Features;
using Coos.Baselines.Models;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;
using TorchSharp;

namespace Coos.Cli.Baseline.Deep;

/// <summary>One run of a deep baseline: network, features, classifier, predictions of every test split, run.json.</summary>
internal sealed class DeepRun(DeepRequest request, INetworkSource source, TextWriter output)
{
    private readonly ClassifierTraining? _training = request.Classifier is { } settings ? new ClassifierTraining(settings) : null;
    private readonly Dictionary<string, double> _seconds = [];

    /// <summary>Trains and classifies.</summary>
    /// <exception cref="DatasetException">Images, weights and options are incompatible, or a file cannot be written.</exception>
    public void Run(CancellationToken cancellation)
    {
        try
        {
            var splits = DatasetFolder.FindSplits(request.Data);
            if (!splits.TryGetValue(CoosLayout.Training, out var path))
            {
                throw new DatasetException(request.Data, null, null, "there is no training split (*_training.hdf5 or train/)");
            }

            using var training = ImageSet.Open(path);
            foreach (var other in splits.Values)
            {
                using var set = ImageSet.Open(other);
                TextureModel.Require(set, training.Shape);
            }

            SavePath.Prepare(request.Save);
            using var outputLock = OutputLock.Acquire(request.Output);
            Run(training, [.. splits.Where(s => s.Key != CoosLayout.Training).Select(s => (s.Key, s.Value))], cancellation);
        }
        catch (BaselineException fault)
        {
            throw new DatasetException(request.Data, null, null, fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(request.Output, null, null, fault.Message, fault);
        }
    }

    private void Run(ImageSet training, IReadOnlyList<(string Name, string Path)> tests, CancellationToken cancellation)
    {
        var labels =
            training.ReadLabels() ?? throw new DatasetException(training.Source, ImageSet.LabelVector, null, "there are no labels");
        var device = TorchDevice.Find(request.Device);
        RequireReadable(tests, cancellation);
        var extractor = Measure("network", () => source.Open(training, labels, device, cancellation));
        var features = new DeepFeatureSource(request.Cache, extractor, device);
        using var model = Train(training, labels, extractor, features, cancellation, out var error);
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{training.Source}: {source.Title}, {Title}, training error {100 * error:0.00}%")
        );
        if (request.Save is not null)
        {
            model.Write(request.Save);
        }

        // All features are computed before the first file is replaced: an interruption keeps the previous run's predictions complete.
        var testFeatures = tests.ToDictionary(test => test.Name, test => Features(test, features, cancellation));

        // Predictions of two runs must not be described by the run.json of one of them.
        File.Delete(Path.Combine(request.Output, BaselineRun.FileName));

        foreach (var (split, path) in tests)
        {
            using var set = ImageSet.Open(path);
            var probabilities = Measure($"predict {split}", () => model.Predict(testFeatures[split], cancellation));
            var file = Path.Combine(request.Output, $"{split}.csv");
            PredictionTable.Write(file, set, probabilities);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {set.Shape.Count} images"));
        }

        RunFile.Write(request.Output, Describe(device, error));
    }

    /// <summary>Reads all test images once, so that an unreadable one is found before hours of training.</summary>
    private static void RequireReadable(IEnumerable<(string Name, string Path)> tests, CancellationToken cancellation)
    {
        foreach (var (_, path) in tests)
        {
            using var set = ImageSet.Open(path);
            foreach (var _ in set.Blocks())
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private FeatureMatrix Features((string Name, string Path) test, DeepFeatureSource source, CancellationToken cancellation)
    {
        using var set = ImageSet.Open(test.Path);
        return Measure($"features {test.Name}", () => source.Get(set, test.Name, cancellation));
    }

    private DeepModel Train(
        ImageSet training,
        int[] labels,
        IFeatureExtractor extractor,
        DeepFeatureSource source,
        CancellationToken cancellation,
        out double error
    )
    {
        var features = Measure($"features {CoosLayout.Training}", () => source.Get(training, CoosLayout.Training, cancellation));
        var model = new DeepModel(training.Shape, extractor, null);
        if (_training is not null)
        {
            var standardisation = Standardisation.Fit(features);
            var trainingSet = new TrainingSet(standardisation.Apply(features), labels, labels.DefaultIfEmpty(-1).Max() + 1);
            var classifier = Measure("train", () => _training.Train(trainingSet, cancellation));
            model = new DeepModel(training.Shape, extractor, (standardisation, classifier));
        }

        error = Decision.BalancedError(labels, Decision.Classes(model.Predict(features, cancellation)));
        return model;
    }

    private string Title => request.Classifier?.Title ?? "End-to-End";

    private T Measure<T>(string name, Func<T> work)
    {
        var clock = Stopwatch.StartNew();
        var result = work();
        _seconds[name] = Math.Round(clock.Elapsed.TotalSeconds, 3);
        return result;
    }

    private BaselineRun Describe(torch.Device device, double trainingError) =>
        new()
        {
            Method = $"{source.Title}, {Title}",
            Description = request.Classifier is null
                ? source.Description
                : $"{source.Description} Standardised on training. {request.Classifier.Description}",
            Command = request.Command,
            Options = RunFile.Options(
                new
                {
                    Features = source.Options,
                    Classifier = request.Classifier?.Name ?? DeepArguments.EndToEnd,
                    request.Classifier?.Search,
                    _training?.Forest,
                    Device = device.ToString(),
                    Threads = torch.get_num_threads(),
                }
            ),
            Seed = request.Seed,
            Versions = new Dictionary<string, string?>(RunFile.Versions)
            {
                ["TorchSharp"] = RunFile.Version(typeof(torch)),
                ["libtorch"] = torch.__version__,
            },
            Seconds = _seconds,
            TrainingError = trainingError,
            CrossValidationError = _training?.CrossValidationError,
        };
}
