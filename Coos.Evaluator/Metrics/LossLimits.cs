using Coos.Evaluator.Statistics;
using Coos.Shared.Metrics;

namespace Coos.Evaluator.Metrics;

/// <summary>The limits of a loss from the deviations of its units.</summary>
/// <remarks>
/// A loss between bounds is treated as a proportion of the number of images, or of clusters, with the same variance (Korn and Graubard,
/// Survey Methodology 24, 1998): by image with Jeffreys' limits (Brown, Cai and DasGupta, "Interval estimation for a binomial
/// proportion", Statistical Science 16, 2001), by cluster with those of <see cref="ClusterIntervals"/>. A loss without a bound has
/// limits on the scale of its logarithm. No interval is narrower than the one per image.
/// </remarks>
internal sealed class LossLimits
{
    private readonly double _loss;
    private readonly double _range;
    private readonly double _images;
    private readonly double _perImage;
    private readonly ClusterVariance? _byCluster;
    private readonly UnitLayout _layout;

    /// <summary>Creates the limits of a loss.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="layout">The layout that the deviations are of.</param>
    /// <param name="deviations">The deviations.</param>
    public LossLimits(MetricInfo metric, double loss, UnitLayout layout, UnitDeviations deviations)
    {
        (_loss, _range, _layout) = (loss, metric.Range, layout);
        _images = layout.EffectiveImages;
        _perImage = deviations.PerImage;
        _byCluster = layout.ComputeVariance(deviations);
    }

    /// <summary>The method, in words.</summary>
    public string Method =>
        _byCluster is not { } variance
            ? "per image (linearised, Jeffreys); too narrow if images from the same plate are correlated"
            : IntervalMethod.Describe(
                _layout.Clusters!,
                "linearised, Korn and Graubard",
                variance.EffectiveClusters < ClusterVariance.MinEffectiveClusters
            );

    /// <summary>The larger of the variances per image and by cluster.</summary>
    public double Variance => Math.Max(_perImage, _byCluster?.Variance ?? 0);

    /// <summary>Computes the limits.</summary>
    /// <param name="tail">The probability beyond each limit.</param>
    public Interval Compute(double tail = 0.025)
    {
        var perImage = double.IsInfinity(_range) ? Logarithmic(_perImage, double.PositiveInfinity, tail) : Jeffreys(tail);
        return _byCluster is not { Variance: > 0 } variance ? perImage
            : double.IsInfinity(_range) ? Logarithmic(variance.Variance, variance.Degrees, tail).Hull(perImage)
            : Scale(ClusterIntervals.Limit(_loss / _range, variance.Scale(1 / _range), tail)).Hull(perImage);
    }

    private Interval Jeffreys(double tail)
    {
        var share = _loss / _range;
        var spread = share * (1 - share);
        var variance = _perImage / (_range * _range);
        var trials = variance > 0 && spread > 0 ? Math.Max(1, spread / variance) : _images;
        var count = trials * share;
        return Scale(
            new Interval(
                share <= 0 ? 0 : Math.Min(share, IncompleteBeta.Quantile(tail, count + 0.5, trials - count + 0.5)),
                share >= 1 ? 1 : Math.Max(share, IncompleteBeta.Quantile(1 - tail, count + 0.5, trials - count + 0.5))
            )
        );
    }

    private Interval Logarithmic(double variance, double degrees, double tail)
    {
        if (_loss <= 0)
        {
            return new Interval(0, 0);
        }

        var factor = Math.Exp(Student.ComputeUpper(tail, degrees) * Math.Sqrt(variance) / _loss);
        return new Interval(_loss / factor, _loss * factor);
    }

    private Interval Scale(Interval share) => new(share.Lower * _range, share.Upper * _range);
}
