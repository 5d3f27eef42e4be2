using Coos.Evaluator.Statistics;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>A part of the images whose loss may be the largest.</summary>
/// <param name="Name">What it is called: a class, or the value of a group.</param>
/// <param name="Loss">Its loss, 0..1.</param>
/// <param name="Limits">The limits of its loss.</param>
/// <param name="Deviations">The deviations of its loss.</param>
internal sealed record LossPart(string Name, double Loss, LossLimits Limits, UnitDeviations Deviations)
{
    private static readonly Accuracy OfPart = new();

    /// <summary>Computes the share of wrong predictions of some images.</summary>
    /// <param name="name">What they are called.</param>
    /// <param name="split">The split.</param>
    /// <param name="images">The positions of the images, at least one.</param>
    /// <param name="predictions">The predictions of the split.</param>
    public static LossPart Create(string name, MetricSplit split, int[] images, PredictionSet predictions)
    {
        var (part, influences) = (split.Select(images), new double[images.Length]);
        var own = PredictionSet.OfClasses(predictions.Split, [.. images.Select(i => predictions.Classes[i])]);
        var loss = OfPart.Info.ToLoss(OfPart.Linearise(part, own, influences)!.Value);
        var deviations = part.ByImages.Deviate(influences);
        return new LossPart(name, loss, new LossLimits(OfPart.Info, loss, part.ByImages, deviations), deviations);
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
    public static MetricEstimate? Compute(MetricInfo info, IReadOnlyList<LossPart> parts)
    {
        if (parts.MaxBy(p => p.Loss) is not { } worst)
        {
            return null;
        }

        var close = parts.Count(p => worst.Loss - p.Loss <= SelectedErrors * Math.Sqrt(worst.Limits.Variance + p.Limits.Variance));
        return new MetricEstimate(info, worst.Loss, worst.Deviations)
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
