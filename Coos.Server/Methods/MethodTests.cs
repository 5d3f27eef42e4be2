using Coos.Evaluator.Methods;
using Coos.Evaluator.Statistics;

namespace Coos.Server.Methods;

/// <summary>The numbers of a board of methods, each method known by its position.</summary>
internal interface IMethodTests
{
    /// <summary>Estimates the mean of a method.</summary>
    MethodEstimate Estimate(int method);

    /// <summary>Compares two methods: the error of the first minus that of the second.</summary>
    MethodEstimate Compare(int first, int second);

    /// <summary>Computes the two-sided p of two methods.</summary>
    double ComputeP(int first, int second);
}

/// <summary>The numbers of methods whose predictions are known.</summary>
internal sealed class PredictionTests(MethodLayout layout, IReadOnlyList<MethodEvidence> methods) : IMethodTests
{
    /// <inheritdoc/>
    public MethodEstimate Estimate(int method) => layout.Estimate(methods[method]);

    /// <inheritdoc/>
    public MethodEstimate Compare(int first, int second) => layout.Compare(methods[first], methods[second]);

    /// <inheritdoc/>
    public double ComputeP(int first, int second) => layout.ComputeP(methods[first], methods[second]);
}

/// <summary>
/// The numbers of methods on a guarded benchmark, or under another metric than the balanced error, computed from the published means
/// and intervals of their runs alone.
/// </summary>
/// <remarks>
/// The variance of the mean over runs is at most the squared mean of the runs' standard errors, and two methods are taken as
/// independent though they predict the same images. Both make the intervals too wide rather than too narrow.
/// </remarks>
internal sealed class PublishedTests(IReadOnlyList<MethodGroup> methods) : IMethodTests
{
    private const string Unit = "published interval";

    /// <inheritdoc/>
    public MethodEstimate Estimate(int method)
    {
        var (mean, error, variance, runs) = Summarise(methods[method]);
        return MethodEstimate.OfMean(mean, MethodVariance.Combine(Known(error), (variance, runs)), Unit);
    }

    /// <inheritdoc/>
    public MethodEstimate Compare(int first, int second)
    {
        var (own, other) = (Summarise(methods[first]), Summarise(methods[second]));
        return MethodEstimate.OfDifference(
            own.Mean - other.Mean,
            MethodVariance.Combine(Known(own.Error + other.Error), (own.Variance, own.Runs), (other.Variance, other.Runs)),
            Unit
        );
    }

    /// <inheritdoc/>
    public double ComputeP(int first, int second) => Compare(first, second).P;

    private static ClusterVariance Known(double variance) => new(variance, double.PositiveInfinity);

    /// <summary>The mean of the runs, its variance from the test images, and the variance of the runs with their number.</summary>
    private static (double Mean, double Error, double Variance, int Runs) Summarise(MethodGroup method)
    {
        double[] errors = [.. method.Runs.Select(r => r.Score!.Value)];
        var mean = errors.Average();
        var standard = method
            .Runs.Select(r => (r.Entry.Mean?.Interval ?? r.ScoreInterval)!.Value)
            .Average(limits => (limits.Upper - limits.Lower) / 2 / Wilson.Normal975);
        return (mean, standard * standard, errors.Sum(e => (e - mean) * (e - mean)) / (errors.Length - 1), errors.Length);
    }
}
