using System.Diagnostics;
using System.Globalization;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;

namespace Coos.Measurements.Baselines;

/// <summary>Measures how much ML.NET and the Newton steps each contribute to logistic regression.</summary>
internal static class LogisticRegressionStages
{
    /// <summary>
    /// Times ML.NET alone, the Newton steps after it, and Newton steps from zero, and prints the final objective of each.
    /// </summary>
    public static void Print(TrainingSet training)
    {
        var zero = new double[training.Classes * (training.Features.Columns + 1)];
        var (nothing, _) = Measure(() => ToClassifier(zero, training), training);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  start at zero: objective {nothing:0.000}"));
        double[] start = [];
        Print(
            "ML.NET",
            training,
            () => ToClassifier(start = MaximumEntropyStart.Train(training, L1LogisticRegression.DefaultC, CancellationToken.None), training)
        );
        Print(
            "Newton steps from there",
            training,
            () => L1LogisticRegression.Train(training, L1LogisticRegression.DefaultC, start, null, CancellationToken.None)
        );
        Print(
            "Newton steps from zero, without ML.NET",
            training,
            () => L1LogisticRegression.Train(training, L1LogisticRegression.DefaultC, zero, null, CancellationToken.None)
        );
    }

    private static void Print(string name, TrainingSet training, Func<LinearClassifier> train)
    {
        var (objective, seconds) = Measure(train, training);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {seconds:0.00} s, objective {objective:0.000}"));
    }

    private static (double Objective, double Seconds) Measure(Func<LinearClassifier> train, TrainingSet training)
    {
        var clock = Stopwatch.StartNew();
        var classifier = train();
        var seconds = clock.Elapsed.TotalSeconds;
        return (classifier.Objective(training, L1LogisticRegression.DefaultC), seconds);
    }

    private static LinearClassifier ToClassifier(double[] parameters, TrainingSet training)
    {
        var block = training.Features.Columns + 1;
        var weights = new FeatureMatrix(training.Classes, training.Features.Columns);
        var intercepts = new double[training.Classes];
        for (var k = 0; k < training.Classes; k++)
        {
            parameters.AsSpan(k * block, block - 1).CopyTo(weights.Row(k));
            intercepts[k] = parameters[(k * block) + block - 1];
        }

        return new LinearClassifier(weights, intercepts);
    }
}
