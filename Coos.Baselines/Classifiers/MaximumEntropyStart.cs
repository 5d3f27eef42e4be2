using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Coos.Baselines.Classifiers;

/// <summary>
/// Multinomial logistic regression by ML.NET's OWL-QN (Andrew and Gao, ICML 2007). It works in single precision and is accurate
/// to a few digits, but faster than Newton steps far from the minimum.
/// </summary>
internal static class MaximumEntropyStart
{
    /// <summary>The maximum number of steps; beyond it, Newton steps are faster.</summary>
    private const int MaximumSteps = 300;

    private const float Tolerance = 1e-7f;

    /// <summary>Computes approximate parameters.</summary>
    /// <param name="training">The training set of N images.</param>
    /// <param name="c">The inverse strength of the penalty.</param>
    /// <param name="cancellation">Cancels the training.</param>
    /// <returns>K blocks of D + 1 parameters; the last one of each block is the intercept.</returns>
    public static double[] Train(TrainingSet training, double c, CancellationToken cancellation)
    {
        var context = new MLContext(seed: 0);
        var model = CreateTrainer(context, c).Fit(LoadExamples(context, training, cancellation)).Model;
        return ReadParameters(model, training);
    }

    private static LbfgsMaximumEntropyMulticlassTrainer CreateTrainer(MLContext context, double c) =>
        context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            new LbfgsMaximumEntropyMulticlassTrainer.Options
            {
                L1Regularization = (float)(1 / c),
                L2Regularization = 0,
                OptimizationTolerance = Tolerance,
                MaximumNumberOfIterations = MaximumSteps,
                HistorySize = 30,

                // Sums in single precision depend on how the images are divided among threads.
                NumberOfThreads = 1,
            }
        );

    private static IDataView LoadExamples(MLContext context, TrainingSet training, CancellationToken cancellation)
    {
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, training.Features.Columns);
        schema[nameof(Example.Label)].ColumnType = new KeyDataViewType(typeof(uint), training.Classes);
        return context.Data.LoadFromEnumerable(Examples(training, cancellation), schema);
    }

    private static double[] ReadParameters(MaximumEntropyModelParameters model, TrainingSet training)
    {
        VBuffer<float>[]? weights = null;
        model.GetWeights(ref weights!, out var classes);
        var intercepts = model.GetBiases().ToArray();
        var block = training.Features.Columns + 1;
        var parameters = new double[training.Classes * block];
        for (var k = 0; k < classes; k++)
        {
            var row = weights[k].DenseValues().ToArray();
            for (var d = 0; d < row.Length; d++)
            {
                parameters[(k * block) + d] = row[d];
            }

            parameters[(k * block) + block - 1] = intercepts[k];
        }

        return parameters;
    }

    /// <summary>Enumerates the images for each pass, which allows cancelling the training.</summary>
    private static IEnumerable<Example> Examples(TrainingSet training, CancellationToken cancellation)
    {
        for (var i = 0; i < training.Labels.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new Example
            {
                Label = (uint)training.Labels[i],
                Features = Array.ConvertAll(training.Features.Row(i).ToArray(), v => (float)v),
            };
        }
    }

    private sealed class Example
    {
        public uint Label { get; set; }

        public float[] Features { get; set; } = [];
    }
}
