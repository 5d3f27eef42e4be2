using System.Numerics.Tensors;
using Coos.Baselines.Features;

namespace Coos.Baselines.Classifiers;

/// <summary>A linear classifier with softmax probabilities.</summary>
/// <param name="weights">The weights, K x D.</param>
/// <param name="intercepts">The K intercepts.</param>
public sealed class LinearClassifier(FeatureMatrix weights, double[] intercepts) : IClassifier
{
    /// <summary>The weights, K x D.</summary>
    public FeatureMatrix Weights => weights;

    /// <summary>The K intercepts.</summary>
    public IReadOnlyList<double> Intercepts => intercepts;

    /// <inheritdoc />
    public FeatureMatrix Predict(FeatureMatrix features, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        var probabilities = new FeatureMatrix(features.Rows, weights.Rows);
        for (var i = 0; i < features.Rows; i++)
        {
            var row = probabilities.Row(i);
            ComputeScores(features.Row(i), row);
            TensorPrimitives.Subtract(row, TensorPrimitives.Max<double>(row), row);
            TensorPrimitives.Exp<double>(row, row);
            TensorPrimitives.Divide(row, TensorPrimitives.Sum<double>(row), row);
        }

        return probabilities;
    }

    /// <summary>Computes the objective of training: C times the sum of the log losses, plus the sum of |weight|.</summary>
    /// <param name="training">The training set of N images.</param>
    /// <param name="c">The inverse strength of the penalty.</param>
    public double Objective(TrainingSet training, double c)
    {
        ArgumentNullException.ThrowIfNull(training);
        var scores = new double[weights.Rows];
        var loss = 0.0;
        for (var i = 0; i < training.Labels.Length; i++)
        {
            ComputeScores(training.Features.Row(i), scores);
            var highest = scores.Max();
            loss += highest + Math.Log(scores.Sum(s => Math.Exp(s - highest))) - scores[training.Labels[i]];
        }

        return (c * loss) + TensorPrimitives.SumOfMagnitudes<double>(weights.Values);
    }

    private void ComputeScores(ReadOnlySpan<double> features, Span<double> scores)
    {
        for (var k = 0; k < scores.Length; k++)
        {
            scores[k] = TensorPrimitives.Dot(features, weights.Row(k)) + intercepts[k];
        }
    }
}
