using Coos.Evaluator.Metrics;

namespace Coos.Evaluator.Statistics;

/// <summary>
/// The interval of a balanced error from those of its sensitivities: MOVER, the method of variance estimates recovery
/// (Zou and Donner, "Construction of confidence limits about effect measures: a general approach", Statistics in
/// Medicine 27, 2008), over Wilson limits. Good near 0, where a percentile bootstrap collapses.
/// </summary>
public static class BalancedErrorInterval
{
    /// <summary>How the API and the pages name the method.</summary>
    public const string PerImageMethod = "per image (Wilson, MOVER); too narrow if images of one plate are alike";

    /// <summary>The 95% interval that holds if images are independent.</summary>
    /// <remarks>With weights w = 1/K', e_k = 1 - s_k, limits l_k, u_k: BE - sqrt(sum (w(e_k - l_k))^2), BE + sqrt(sum (w(u_k - e_k))^2).</remarks>
    public static Interval PerImage(ConfusionMatrix confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        double below = 0, above = 0;
        var present = 0;
        for (var k = 0; k < confusion.ClassCount; k++)
        {
            var images = confusion.ClassImages(k);
            if (images == 0)
            {
                continue;
            }

            var errors = images - confusion[k, k];
            var error = (double)errors / images;
            var limits = Wilson.Of(errors, images);
            below += (error - limits.Lower) * (error - limits.Lower);
            above += (limits.Upper - error) * (limits.Upper - error);
            present++;
        }

        var balanced = confusion.BalancedError;
        return new Interval(
            Math.Max(0, balanced - (Math.Sqrt(below) / present)),
            Math.Min(1, balanced + (Math.Sqrt(above) / present)));
    }
}
