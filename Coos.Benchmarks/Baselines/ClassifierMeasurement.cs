using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Forest;

namespace Coos.Benchmarks.Baselines;

/// <summary><c>knn</c> and <c>forest</c>: the classifiers at COOS-7's size, beside scikit-learn where a Python has it.</summary>
internal static class ClassifierMeasurement
{
    private const int TrainingImages = 41456;
    private const int TestImages = 10364;
    private const int Trees = 140;

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "compare", "scikit_learn_baselines.py");

    /// <summary>Builds a command.</summary>
    /// <param name="name">knn or forest.</param>
    public static Command Create(string name)
    {
        var python = new Option<string>("--python") { Description = "A Python with scikit-learn to compare with; empty for none", DefaultValueFactory = _ => "/usr/bin/python3" };
        var command = new Command(name, $"Time {name} on 41,456 x 69 made-up features, 10,364 queries") { python };
        command.SetAction(result => Run(name, result.GetValue(python)!));
        return command;
    }

    private static int Run(string name, string python)
    {
        var training = MadeFeatures.Make(TrainingImages, 2);
        var test = MadeFeatures.Make(TestImages, 3);
        var clock = Stopwatch.StartNew();
        IClassifier classifier = name == "knn" ? new NearestNeighbours(training) : RandomForest.Train(training, new ForestOptions { Trees = Trees }, 1);
        var trained = clock.Elapsed.TotalSeconds;
        var predicted = Decision.Classes(classifier.Predict(test.Features));
        var seconds = name == "knn" ? clock.Elapsed.TotalSeconds : trained;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {seconds:0.00} s, balanced error {100 * Decision.BalancedError(test.Labels, predicted):0.00}%"));
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
            MadeFeatures.Write(Path.Combine(folder, "training"), training);
            MadeFeatures.Write(Path.Combine(folder, "test"), test);
            using var process = Process.Start(new ProcessStartInfo(python, [Script, name, folder]) { RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            if (double.TryParse(output.Split(' ')[0], CultureInfo.InvariantCulture, out var theirs))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"scikit-learn: {output}\nratio: {theirs / seconds:0.0} times as fast"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
