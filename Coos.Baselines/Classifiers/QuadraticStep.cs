using System.Numerics.Tensors;

namespace Coos.Baselines.Classifiers;

/// <summary>
/// Finds the step that minimises g d + d H d / 2 + sum |w + d|, without a penalty on intercepts, by coordinate descent
/// (Friedman, Hastie and Tibshirani, Journal of Statistical Software 33(1), 2010).
/// </summary>
internal static class QuadraticStep
{
    private const int MaximumSweeps = 20_000;

    /// <summary>Finds the step.</summary>
    /// <param name="parameters">w, K blocks that end with the intercept.</param>
    /// <param name="gradient">The gradient g.</param>
    /// <param name="hessian">The Hessian H.</param>
    /// <param name="block">The length of a block.</param>
    /// <param name="tolerance">Ends at this decrease of a sweep, relative to that of all sweeps.</param>
    /// <param name="cancellation">Cancels between two sweeps.</param>
    /// <returns>The step d.</returns>
    public static double[] Solve(
        double[] parameters,
        double[] gradient,
        double[][] hessian,
        int block,
        double tolerance,
        CancellationToken cancellation
    )
    {
        var step = new double[parameters.Length];
        var slope = gradient.ToArray();
        var (total, sweep) = (0.0, 0);
        double decrease;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            decrease = 0;
            for (var j = 0; j < step.Length; j++)
            {
                var curvature = hessian[j][j];
                if (curvature <= 0)
                {
                    continue;
                }

                var now = parameters[j] + step[j];
                var next = now - (slope[j] / curvature);
                var penalty = (j + 1) % block == 0 ? 0 : 1;
                next = Math.Sign(next) * Math.Max(0, Math.Abs(next) - (penalty / curvature));
                var change = next - now;
                if (change != 0)
                {
                    decrease -= (change * (slope[j] + (curvature * change / 2))) + (penalty * (Math.Abs(next) - Math.Abs(now)));
                    step[j] += change;
                    TensorPrimitives.MultiplyAdd(hessian[j], change, slope, slope);
                }
            }

            total += decrease;
            sweep++;
        } while (decrease > tolerance * total && sweep < MaximumSweeps);
        return step;
    }
}
