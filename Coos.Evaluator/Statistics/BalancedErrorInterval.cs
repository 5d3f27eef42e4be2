using Coos.Evaluator.Metrics;

namespace Coos.Evaluator.Statistics;

/// <summary>
/// The interval of a balanced error, images taken as independent: all balanced errors that the observed one does not
/// contradict at 5%. To test one, the classes' errors are taken at their most likely values with that mean; the observed
/// error is then as sure as a proportion of so many images that its variance is the same ("effective" ones, Korn and
/// Graubard, "Confidence intervals for proportions with small expected number of positive counts estimated from survey
/// data", Survey Methodology 24, 1998), which is tested exactly, with Sterne's mid-p.
/// </summary>
/// <remarks>Measured against others in docs/decisions/0020-intervals.md.</remarks>
public static class BalancedErrorInterval
{
    /// <summary>How the API and the pages name the method: Wilson for the sensitivities, Sterne's mid-p for the balanced error.</summary>
    public const string PerImageMethod = "per image (Wilson, Sterne mid-p); too narrow if images of one plate are alike";

    private const double Level = 0.05;
    private const int Halvings = 50;

    // In multiples of the largest class: from no change at all to errors of a millionth.
    private const double SmallestLog = -30;
    private const double LargestLog = 15;

    // A third beyond the first end, in steps of half a percent.
    private const int GapSteps = 60;
    private const double GapStep = 0.005;

    /// <summary>The 95% interval that holds if images are independent.</summary>
    /// <param name="confusion">Counts of a split with at least one image.</param>
    public static Interval PerImage(ConfusionMatrix confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        int[] present = [.. Enumerable.Range(0, confusion.ClassCount).Where(k => confusion.ClassImages(k) > 0)];
        int[] images = [.. present.Select(confusion.ClassImages)];
        int[] errors = [.. present.Select((k, i) => images[i] - confusion[k, k])];
        var balanced = confusion.BalancedError;
        return new Interval(
            confusion.Correct == confusion.Images ? 0 : Math.Min(balanced, Limit(errors, images, balanced, 1)),
            confusion.Correct == 0 ? 1 : Math.Max(balanced, Limit(errors, images, balanced, -1)));
    }

    /// <summary>The last balanced error on the way from the observed one to 0 (direction 1) or 1 (-1) that is not rejected.</summary>
    private static double Limit(int[] errors, int[] images, double balanced, int direction)
    {
        var path = new LikeliestErrors(errors, images);
        double scale = direction * images.Max();
        bool Holds(double log) => IsHeld(path.At(scale * Math.Exp(log)), balanced);
        var held = Halve(SmallestLog, LargestLog, Holds);

        // The possible counts leave the tail on the other side one by one, so that what is held has small gaps at its end.
        for (var step = GapSteps; step > 0; step--)
        {
            if (Holds(held + (step * GapStep)))
            {
                held = Halve(held + (step * GapStep), held + ((step + 1) * GapStep), Holds);
                break;
            }
        }

        return path.At(scale * Math.Exp(held)).Mean;
    }

    /// <summary>The end of what is held, between a value that is and one that is not.</summary>
    private static double Halve(double held, double rejected, Func<double, bool> holds)
    {
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (held + rejected) / 2;
            (held, rejected) = holds(middle) ? (middle, rejected) : (held, middle);
        }

        return held;
    }

    private static bool IsHeld((double Mean, double Variance) supposed, double balanced)
    {
        // No variance: the path has not left the observed errors, all of them 0 or 1.
        if (supposed.Variance == 0)
        {
            return true;
        }

        var effective = supposed.Mean * (1 - supposed.Mean) / supposed.Variance;
        return SterneTest.MidP(effective, effective * balanced, supposed.Mean) > Level;
    }
}
