using System.Numerics.Tensors;
using Coos.Baselines.Features;

namespace Coos.Baselines.Classifiers;

/// <summary>Multinomial logistic regression with an L1 penalty.</summary>
/// <remarks>
/// The objective is that of scikit-learn: C times the sum of the log losses, plus the sum of |weight|, without a penalty on
/// intercepts. ML.NET gets near the minimum. Newton steps on the quadratic approximation (Lee, Sun and Saunders, SIAM Journal
/// on Optimization 24(3), 2014) then reach the last digits: the texture features are nearly collinear, so first-order methods
/// need thousands of passes, and single precision is not enough.
/// </remarks>
public static class L1LogisticRegression
{
    /// <summary>The default in scikit-learn.</summary>
    public const double DefaultC = 1;

    /// <summary>The number of progress steps that a training reports.</summary>
    public const int ProgressSteps = 100;

    private const int MaximumSteps = 200;

    /// <summary>The relative decrease of the objective at which training ends.</summary>
    private const double Tolerance = 1e-13;

    private const int Refinements = 2;
    private const double RefinementTolerance = 1e-14;

    /// <summary>The factor of a sufficient decrease in the line search (Armijo).</summary>
    private const double SufficientDecrease = 1e-4;

    /// <summary>Trains a classifier. The result does not depend on the number of threads.</summary>
    /// <param name="training">The training set of N images.</param>
    /// <param name="c">The inverse strength of the penalty.</param>
    /// <param name="progress">Receives <see cref="ProgressSteps"/> steps in total.</param>
    /// <param name="cancellation">Cancels the work at any time.</param>
    public static LinearClassifier Train(
        TrainingSet training,
        double c = DefaultC,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(c);
        return Train(training, c, MaximumEntropyStart.Train(training, c, cancellation), progress, cancellation);
    }

    /// <summary>Trains from given parameters; any start leads to the same minimum.</summary>
    internal static LinearClassifier Train(
        TrainingSet training,
        double c,
        double[] start,
        IProgress<int>? progress,
        CancellationToken cancellation
    )
    {
        var loss = new MultinomialLoss(training, c, cancellation);
        var parameters = start;
        var objective = loss.Evaluate(parameters) + Penalty(parameters, loss.Block);
        var (decrease, reported) = (objective, 0);
        for (var step = 0; step < MaximumSteps && decrease > Tolerance * objective; step++)
        {
            // Far from the minimum, the approximation is too coarse to be worth an exact solution.
            var precision = decrease > 1e-3 * objective ? 1e-3 : 1e-8;
            var gradient = loss.Gradient();
            var direction = QuadraticStep.Solve(parameters, gradient, loss.Hessian(), loss.Block, precision, cancellation);
            var predicted =
                TensorPrimitives.Dot<double>(gradient, direction)
                + Penalty(Moved(parameters, direction, 1), loss.Block)
                - Penalty(parameters, loss.Block);
            var next = Search(loss, ref parameters, direction, objective, predicted);
            (decrease, objective) = (objective - next, next);
            reported += Report(progress, decrease / objective, reported);
        }

        parameters = Refine(loss, parameters, cancellation);
        progress?.Report(ProgressSteps - reported);
        return ToClassifier(parameters, loss);
    }

    /// <summary>
    /// Takes steps that are too small to change the objective. Without them, the ninth digit of a probability would depend on
    /// the start, and therefore on the processor.
    /// </summary>
    private static double[] Refine(MultinomialLoss loss, double[] parameters, CancellationToken cancellation)
    {
        for (var step = 0; step < Refinements; step++)
        {
            loss.Evaluate(parameters);
            var direction = QuadraticStep.Solve(parameters, loss.Gradient(), loss.Hessian(), loss.Block, RefinementTolerance, cancellation);
            parameters = Moved(parameters, direction, 1);
        }

        return parameters;
    }

    /// <summary>Halves the step until the objective decreases by a fraction of the predicted decrease.</summary>
    /// <returns>The objective at the new parameters, or the old one if no step lowers it.</returns>
    private static double Search(MultinomialLoss loss, ref double[] parameters, double[] direction, double objective, double predicted)
    {
        for (var length = 1.0; length > 1e-10; length /= 2)
        {
            var candidate = Moved(parameters, direction, length);
            var value = loss.Evaluate(candidate) + Penalty(candidate, loss.Block);
            if (value <= objective + (SufficientDecrease * length * predicted) && value < objective)
            {
                parameters = candidate;
                return value;
            }
        }

        return objective;
    }

    private static double[] Moved(double[] parameters, double[] direction, double length)
    {
        var moved = new double[parameters.Length];
        TensorPrimitives.MultiplyAdd(direction, length, parameters, moved);
        return moved;
    }

    private static double Penalty(double[] parameters, int block)
    {
        var sum = 0.0;
        for (var j = 0; j < parameters.Length; j++)
        {
            sum += (j + 1) % block == 0 ? 0 : Math.Abs(parameters[j]);
        }

        return sum;
    }

    /// <summary>Reports progress from 1 to the tolerance by order of magnitude.</summary>
    private static int Report(IProgress<int>? progress, double relative, int reported)
    {
        var reached = ProgressSteps * Math.Log(Math.Max(relative, Tolerance)) / Math.Log(Tolerance);
        var done = (int)Math.Clamp(reached, reported, ProgressSteps);
        progress?.Report(done - reported);
        return done - reported;
    }

    private static LinearClassifier ToClassifier(double[] parameters, MultinomialLoss loss)
    {
        var weights = new FeatureMatrix(loss.Classes, loss.Block - 1);
        var intercepts = new double[loss.Classes];
        for (var k = 0; k < loss.Classes; k++)
        {
            var block = parameters.AsSpan(k * loss.Block, loss.Block);
            block[..^1].CopyTo(weights.Row(k));
            intercepts[k] = block[^1];
        }

        return new LinearClassifier(weights, intercepts);
    }
}
