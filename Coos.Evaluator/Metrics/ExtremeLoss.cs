using Coos.Evaluator.Statistics;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>A part of the images whose loss may be the largest.</summary>
/// <param name="Name">What it is called: a class, or the value of a group.</param>
/// <param name="Loss">Its loss, 0..1.</param>
/// <param name="Limits">The limits of its loss.</param>
/// <param name="Images">The positions of its images in the split.</param>
/// <param name="Deviations">The deviations of its loss, for these images.</param>
internal sealed record LossPart(string Name, double Loss, LossLimits Limits, int[] Images, UnitDeviations Deviations)
{
    private static readonly MetricInfo OfPart = MetricInfo.Get(MetricId.Accuracy);

    /// <summary>Computes the share of wrong predictions of some images.</summary>
    /// <param name="name">What they are called.</param>
    /// <param name="split">The split.</param>
    /// <param name="images">The positions of the images, at least one.</param>
    /// <param name="predictions">The predictions of the split.</param>
    public static LossPart Create(string name, MetricSplit split, int[] images, PredictionSet predictions)
    {
        bool[] isWrong = [.. images.Select(i => predictions.Classes[i] != split.Actual[i])];
        var loss = (double)isWrong.Count(w => w) / images.Length;
        var layout = split.SelectPresent(images).ByImages;
        var deviations = layout.Deviate([.. isWrong.Select(w => w ? 1.0 / images.Length : 0)]);
        return new LossPart(name, loss, new LossLimits(OfPart, loss, layout, deviations), images, deviations);
    }

    /// <summary>The deviations for all images of the split; 0 for those of other parts.</summary>
    /// <param name="count">The number of images of the split.</param>
    public UnitDeviations Expand(int count)
    {
        var units = new double[count];
        for (var i = 0; i < Images.Length; i++)
        {
            units[Images[i]] = Deviations.Units[i];
        }

        return Deviations with
        {
            Units = units,
        };
    }
}

/// <summary>The largest loss of several parts.</summary>
/// <remarks>
/// The upper limit is the largest upper limit of a part: it is below the largest loss only if that of the part with the largest loss is.
/// The largest lower limit, however, is above the largest loss if that of any part is. Only parts within two standard errors of the
/// largest can be, so their lower limits share the probability of error (the selection of Andrews and Soares, "Inference for parameters
/// defined by moment inequalities using generalized moment selection", Econometrica 78, 2010).
/// </remarks>
internal static class ExtremeLoss
{
    private const double Tail = 0.025;
    private const double SelectedErrors = 2;

    /// <summary>Computes the largest loss of the parts; null without parts.</summary>
    /// <param name="info">The metric.</param>
    /// <param name="split">The split that they are parts of.</param>
    /// <param name="parts">The parts.</param>
    public static MetricEstimate? Compute(MetricInfo info, MetricSplit split, IReadOnlyList<LossPart> parts)
    {
        if (parts.MaxBy(p => p.Loss) is not { } worst)
        {
            return null;
        }

        var close = parts.Count(p => worst.Loss - p.Loss <= SelectedErrors * Math.Sqrt(worst.Limits.Variance + p.Limits.Variance));
        return new MetricEstimate(info, worst.Loss, worst.Expand(split.Actual.Length))
        {
            LossInterval = new Interval(
                Math.Min(worst.Loss, parts.Max(p => p.Limits.Compute(Tail / close).Lower)),
                Math.Max(worst.Loss, parts.Max(p => p.Limits.Compute(Tail).Upper))
            ),
            Method = worst.Limits.Method,
            Of = worst.Name,
        };
    }
}
