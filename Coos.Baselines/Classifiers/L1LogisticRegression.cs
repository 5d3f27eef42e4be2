using Coos.Baselines.Features;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Coos.Baselines.Classifiers;

/// <summary>Multinomial logistic regression with an L1 penalty, trained by ML.NET's OWL-QN (Andrew and Gao, ICML 2007).</summary>
/// <remarks>The objective is scikit-learn's: C times the sum of the log losses, plus the sum of |weight|, intercepts free.</remarks>
public static class L1LogisticRegression
{
    /// <summary>scikit-learn's default.</summary>
    public const double DefaultC = 1;

    // Single precision ends further progress well before this many steps.
    private const int MaximumSteps = 2000;
    private const float Tolerance = 1e-9f;

    /// <summary>Trains.</summary>
    /// <param name="training">N images.</param>
    /// <param name="c">The inverse strength of the penalty.</param>
    /// <param name="cancellation">Asked before the training, which itself cannot be stopped.</param>
    public static LinearClassifier Train(TrainingSet training, double c = DefaultC, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(c);
        cancellation.ThrowIfCancellationRequested();
        var context = new MLContext(seed: 0);
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, training.Features.Columns);
        schema[nameof(Example.Label)].ColumnType = new KeyDataViewType(typeof(uint), training.Classes);
        var view = context.Data.LoadFromEnumerable(Examples(training), schema);
        var trainer = context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = (float)(1 / c),
            L2Regularization = 0,
            OptimizationTolerance = Tolerance,
            MaximumNumberOfIterations = MaximumSteps,
            HistorySize = 30,

            // Sums in single precision depend on how the images are divided among threads.
            NumberOfThreads = 1,
        });
        return Extract(trainer.Fit(view).Model, training);
    }

    private static LinearClassifier Extract(MaximumEntropyModelParameters model, TrainingSet training)
    {
        VBuffer<float>[]? buffers = null;
        model.GetWeights(ref buffers!, out var classes);
        var weights = new FeatureMatrix(classes, training.Features.Columns);
        for (var k = 0; k < classes; k++)
        {
            var row = buffers[k].DenseValues().ToArray();
            for (var d = 0; d < row.Length; d++)
            {
                weights.Row(k)[d] = row[d];
            }
        }

        return new LinearClassifier(weights, [.. model.GetBiases().Select(b => (double)b)]);
    }

    private static IEnumerable<Example> Examples(TrainingSet training)
    {
        for (var i = 0; i < training.Labels.Length; i++)
        {
            yield return new Example { Label = (uint)training.Labels[i], Features = Array.ConvertAll(training.Features.Row(i).ToArray(), v => (float)v) };
        }
    }

    private sealed class Example
    {
        public uint Label { get; set; }

        public float[] Features { get; set; } = [];
    }
}
