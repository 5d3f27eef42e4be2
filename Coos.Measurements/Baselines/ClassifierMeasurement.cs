using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Forest;

namespace Coos.Measurements.Baselines;

/// <summary>
/// <c>knn</c>, <c>l1lr</c> and <c>forest</c>: times the classifiers at COOS-7's size, and compares them with scikit-learn if
/// available.
/// </summary>
internal static class ClassifierMeasurement
{
    private const int TrainingImages = 41456;
    private const int TestImages = 10364;
    private const int Trees = 140;

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "compare", "scikit_learn_baselines.py");

    /// <summary>Creates the command for a classifier.</summary>
    /// <param name="name">knn, l1lr or forest.</param>
    public static Command Create(string name)
    {
        var python = new Option<string>("--python")
        {
            Description = "A Python interpreter with scikit-learn to compare with; empty for none",
            DefaultValueFactory = _ => "/usr/bin/python3",
        };
        var rows = new Option<int>("--rows") { Description = "Training images", DefaultValueFactory = _ => TrainingImages };
        var command = new Command(name, $"Time {name} on 41,456 x 69 synthetic features with 10,364 queries") { python, rows };
        command.SetAction(result => Run(name, result.GetValue(rows), result.GetValue(python)!));
        return command;
    }

    private static int Run(string name, int rows, string python)
    {
        var training = SyntheticFeatures.Create(rows, 2);
        var test = SyntheticFeatures.Create(TestImages, 3);
        var (clock, processor) = (Stopwatch.StartNew(), new ProcessorTime());
        IClassifier classifier = name switch
        {
            "knn" => new NearestNeighbours(training),
            "l1lr" => L1LogisticRegression.Train(training),
            _ => RandomForest.Train(training, new ForestOptions { Trees = Trees }, 1),
        };
        var trained = clock.Elapsed.TotalSeconds;
        var predicted = Decision.Classes(classifier.Predict(test.Features));
        var seconds = name == "knn" ? clock.Elapsed.TotalSeconds : trained;
        var objective = classifier is LinearClassifier linear
            ? $", objective {linear.Objective(training, L1LogisticRegression.DefaultC).ToString("0.000", CultureInfo.InvariantCulture)}"
            : "";
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {seconds:0.00} s, balanced error "
                    + $"{100 * Decision.BalancedError(test.Labels, predicted):0.00}%{objective}; {processor.Describe()}, "
                    + $"{PeakMemory.Describe()}"
            )
        );
        if (classifier is LinearClassifier)
        {
            LogisticRegressionStages.Print(training);
        }

        if (File.Exists(python))
        {
            Compare(name, python, training, test, seconds);
        }

        return 0;
    }

    private static void Compare(string name, string python, TrainingSet training, TrainingSet test, double seconds)
    {
        var folder = Directory.CreateTempSubdirectory("coos-benchmark").FullName;
        try
        {
            SyntheticFeatures.Write(Path.Combine(folder, "training"), training);
            SyntheticFeatures.Write(Path.Combine(folder, "test"), test);
            using var process = Process.Start(new ProcessStartInfo(python, [Script, name, folder]) { RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            if (double.TryParse(output.Split(' ')[0], CultureInfo.InvariantCulture, out var theirs))
            {
                Console.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"scikit-learn: {output}\nratio: {theirs / seconds:0.0} times as fast")
                );
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
