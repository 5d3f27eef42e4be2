using System.Diagnostics;
using System.Globalization;
using Coos.Baselines;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;
using Coos.Baselines.Models;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;

namespace Coos.Cli.Baseline;

/// <summary>One run of the texture baseline: features, training, predictions of every test split, run.json.</summary>
internal sealed class TextureRun(TextureRequest request, TextWriter output)
{
    private readonly FeatureSource _features = new(request.Cache, request.Texture);
    private readonly ClassifierTraining _training = new(request.Settings);
    private readonly Dictionary<string, double> _seconds = [];

    /// <summary>Trains and classifies.</summary>
    /// <exception cref="DatasetException">The images cannot be used for training or classified, or a file cannot be written.</exception>
    public void Run(CancellationToken cancellation)
    {
        try
        {
            var splits = DatasetFolder.FindSplits(request.Data);
            if (!splits.TryGetValue(CoosLayout.Training, out var trainingPath))
            {
                throw new DatasetException(request.Data, null, null, "there is no training split (*_training.hdf5 or train/)");
            }

            var tests = TestSplits(splits);
            using var training = ImageSet.Open(trainingPath);
            foreach (var (_, path) in tests)
            {
                using var set = ImageSet.Open(path);
                TextureModel.Require(set, training.Shape);
            }

            SavePath.Prepare(request.Save);
            using var outputLock = OutputLock.Acquire(request.Output);
            Run(training, tests, cancellation);
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
        // All features are computed before training, so that an unreadable test image is found before an hour of search.
        var trainingFeatures = Features(CoosLayout.Training, training, cancellation);
        var testFeatures = tests.ToDictionary(test => test.Name, test => Features(test, cancellation));
        var model = Train(training, trainingFeatures, cancellation, out var error);
        if (request.Save is not null)
        {
            ModelFile.Write(request.Save, model);
        }

        // Predictions of two runs must not be described by the run.json of one of them.
        File.Delete(Path.Combine(request.Output, BaselineRun.FileName));

        foreach (var (split, path) in tests)
        {
            using var set = ImageSet.Open(path);
            var probabilities = Measure($"predict {split}", () => model.Predict(testFeatures[split], cancellation));
            var file = Path.Combine(request.Output, split + request.Ending);
            PredictionTable.Write(file, set, probabilities);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {set.Shape.Count} images"));
        }

        RunFile.Write(request.Output, Describe(error));
    }

    private (string Name, string Path)[] TestSplits(IReadOnlyDictionary<string, string> splits)
    {
        var missing = request.Splits?.FirstOrDefault(name => !splits.ContainsKey(name));
        return missing is not null
            ? throw new DatasetException(
                request.Data,
                null,
                null,
                $"there is no split {missing} (*_{missing}.hdf5 or {missing}/); the folder has {string.Join(", ", splits.Keys)}"
            )
            : [.. splits.Where(s => request.Splits?.Contains(s.Key) ?? s.Key != CoosLayout.Training).Select(s => (s.Key, s.Value))];
    }

    private FeatureMatrix Features((string Name, string Path) split, CancellationToken cancellation)
    {
        using var set = ImageSet.Open(split.Path);
        return Features(split.Name, set, cancellation);
    }

    private FeatureMatrix Features(string split, ImageSet set, CancellationToken cancellation) =>
        Measure($"features {split}", () => _features.Get(set, split, cancellation));

    private TextureModel Train(ImageSet training, FeatureMatrix features, CancellationToken cancellation, out double error)
    {
        var labels =
            training.ReadLabels(request.Classes)
            ?? throw new DatasetException(training.Source, ImageSet.LabelVector, null, "there are no labels");
        var classes = request.Classes ?? (labels.DefaultIfEmpty(-1).Max() + 1);
        var standardisation = Standardisation.Fit(features);
        var trainingSet = new TrainingSet(standardisation.Apply(features), labels, classes);
        var model = Measure(
            "train",
            () => new TextureModel(training.Shape, request.Texture, standardisation, _training.Train(trainingSet, cancellation))
        );
        error = Decision.BalancedError(labels, Decision.Classes(model.Predict(features, cancellation)));
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{training.Source}: {request.Settings.Name} trained, training error {100 * error:0.00}%"
            )
        );
        return model;
    }

    private T Measure<T>(string name, Func<T> work)
    {
        var clock = Stopwatch.StartNew();
        var result = work();
        _seconds[name] = Math.Round(clock.Elapsed.TotalSeconds, 3);
        return result;
    }

    private BaselineRun Describe(double trainingError) =>
        new()
        {
            Method = $"Texture, {request.Settings.Title}",
            Description =
                $"Haralick texture at {request.Texture.Distances.Count} distances, intensities and channel correlation, "
                + $"standardised on training. {request.Settings.Description}",
            Command = request.Command,
            Options = RunFile.Options(
                new
                {
                    Features = request.Texture.Name,
                    Classifier = request.Settings.Name,
                    request.Settings.Search,
                    _training.Forest,
                }
            ),
            Seed = request.Settings.Seed,
            Versions = RunFile.Versions,
            Seconds = _seconds,
            TrainingError = trainingError,
            CrossValidationError = _training.CrossValidationError,
        };
}
