using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Coos.Baselines;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;
using Coos.Baselines.Forest;
using Coos.Baselines.Models;
using Coos.Baselines.Texture;
using Coos.Cli.Data;
using Coos.Shared;
using Coos.Shared.Datasets;

namespace Coos.Cli.Baseline;

/// <summary>One run of the texture baseline: features, training, predictions of every test split, run.json.</summary>
internal sealed class TextureRun(string data, string output, string classifier, bool search, ulong seed, string? save)
{
    private const string FeatureVersion = "texture 1 distances 1,2,4,8,16";

    private readonly FeatureCache _cache = new(Path.Combine(output, ".features"));
    private readonly Dictionary<string, double> _seconds = [];
    private ForestOptions? _forest;
    private double? _crossValidationError;

    /// <summary>Does it.</summary>
    public void Run(CancellationToken cancellation)
    {
        try
        {
            var splits = DatasetFolder.FindSplits(data);
            if (!splits.TryGetValue(CoosLayout.Training, out var trainingPath))
            {
                throw new DatasetException(data, null, null, "there is no training split (*_training.hdf5 or train/)");
            }

            using var training = ImageSet.Open(trainingPath);
            foreach (var path in splits.Values)
            {
                using var set = ImageSet.Open(path);
                TextureModel.Require(set, training.Shape);
            }

            Directory.CreateDirectory(output);
            var model = Train(training, cancellation, out var trainingError);
            if (save is not null)
            {
                ModelFile.Write(save, model);
            }

            foreach (var (split, path) in splits.Where(s => s.Key != CoosLayout.Training))
            {
                Predict(model, split, path, cancellation);
            }

            WriteRun(trainingError);
        }
        catch (BaselineException fault)
        {
            throw new DatasetException(data, null, null, fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(output, null, null, fault.Message, fault);
        }
    }

    private TextureModel Train(ImageSet training, CancellationToken cancellation, out double error)
    {
        var labels = training.ReadLabels() ?? throw new DatasetException(training.Source, ImageSet.LabelVector, null, "there are no labels");
        var features = Features(training, CoosLayout.Training, cancellation);
        var standardisation = Standardisation.Fit(features);
        var learned = new TrainingSet(standardisation.Apply(features), labels, labels.DefaultIfEmpty(-1).Max() + 1);
        var model = Timed("train", () => new TextureModel(training.Shape, standardisation, Learn(learned, cancellation)));
        error = Decision.BalancedError(labels, Decision.Classes(model.Predict(features, cancellation)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{training.Source}: {classifier} trained, training error {100 * error:0.00}%"));
        return model;
    }

    private IClassifier Learn(TrainingSet training, CancellationToken cancellation)
    {
        if (classifier == "knn")
        {
            return new NearestNeighbours(training);
        }

        if (classifier == "l1lr")
        {
            return L1LogisticRegression.Train(training, cancellation: cancellation);
        }

        _forest = new ForestOptions();
        if (search)
        {
            (_forest, _crossValidationError) = ProgressBar.Show(
                "search", ForestSearch.DefaultSamples * ForestSearch.Folds, progress => ForestSearch.Run(training, seed, progress: progress, cancellation: cancellation));
        }

        return ProgressBar.Show("forest", _forest.Trees, progress => RandomForest.Train(training, _forest, seed, progress, cancellation));
    }

    private void Predict(TextureModel model, string split, string path, CancellationToken cancellation)
    {
        using var set = ImageSet.Open(path);
        var features = Features(set, split, cancellation);
        var probabilities = Timed($"predict {split}", () => model.Predict(features, cancellation));
        var file = Path.Combine(output, $"{split}.csv");
        PredictionTable.Write(file, set, probabilities);
        Console.WriteLine($"{file}: {set.Shape.Count} images");
    }

    private FeatureMatrix Features(ImageSet set, string split, CancellationToken cancellation) => Timed($"features {split}", () => _cache.Get(
        set, FeatureVersion, new TextureOptions().FeatureCount(set.Shape.Channels),
        () => ProgressBar.Show($"texture {split}", set.Shape.Count, progress => TextureFeatures.Compute(set, null, progress, cancellation)), cancellation));

    private T Timed<T>(string name, Func<T> work)
    {
        var clock = Stopwatch.StartNew();
        var result = work();
        _seconds[name] = Math.Round(clock.Elapsed.TotalSeconds, 3);
        return result;
    }

    private void WriteRun(double trainingError)
    {
        var run = new
        {
            Command = $"coos baseline run texture --data {data} --out {output} --classifier {classifier}{(search ? " --search" : "")} --seed {seed}{(save is null ? "" : $" --save {save}")}",
            Options = new { Features = FeatureVersion, Classifier = classifier, Search = search, Forest = _forest },
            Seed = seed,
            Versions = new Dictionary<string, string?>
            {
                ["coos"] = Version(typeof(TextureModel)),
                ["Microsoft.ML"] = Version(typeof(Microsoft.ML.MLContext)),
                [".NET"] = Environment.Version.ToString(),
            },
            Seconds = _seconds,
            TrainingError = trainingError,
            CrossValidationError = _crossValidationError,
        };
        AtomicFile.Write(Path.Combine(output, "run.json"), JsonSerializer.SerializeToUtf8Bytes(run, CoosJson.Options));
    }

    /// <summary>The version of a package; that of its assembly may be another. What follows a plus names a commit.</summary>
    private static string? Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
}
