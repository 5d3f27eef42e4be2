using Coos.Shared.Scores;

namespace Coos.Evaluator.Statistics;

/// <summary>
/// The interval of a balanced error for independent images: all balanced errors that a test does not reject at 5%. The test
/// of a balanced error takes the errors of the classes at their most likely values with that mean, and converts the observed
/// error to a proportion with the same variance, of an "effective" number of images (Korn and Graubard, "Confidence intervals
/// for proportions with small expected number of positive counts estimated from survey data", Survey Methodology 24, 1998).
/// That proportion is tested exactly, with Sterne's mid-p.
/// </summary>
/// <remarks>docs/decisions/0020-intervals.md compares it with other intervals.</remarks>
public static class BalancedErrorInterval
{
    /// <summary>The method's name in the API and on pages: Wilson for the sensitivities, Sterne's mid-p for the balanced error.</summary>
    public const string PerImageMethod = "per image (Wilson, Sterne mid-p); too narrow if images from the same plate are correlated";

    private const double Level = 0.05;
    private const int Bisections = 50;

    // Logarithms of the multiplier in units of the largest class: from no change to errors of a millionth.
    private const double SmallestLog = -30;
    private const double LargestLog = 15;

    // The step of the search for later accepted values: half a percent.
    private const double GapStep = 0.005;

    // By Cantelli's inequality, either tail beyond z holds at most 1 / (1 + z²), here below 2.5%.
    private const double RejectedSquare = 40;

    /// <summary>Computes the 95% interval for independent images.</summary>
    /// <param name="confusion">The counts of a split with at least one image.</param>
    public static Interval ComputePerImage(ConfusionMatrix confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        int[] present = [.. Enumerable.Range(0, confusion.ClassCount).Where(k => confusion.ClassImages(k) > 0)];
        int[] images = [.. present.Select(confusion.ClassImages)];
        int[] errors = [.. present.Select((k, i) => images[i] - confusion.ClassCorrect(k))];
        var balanced = confusion.BalancedError;
        return new Interval(
            confusion.Correct == confusion.Images ? 0 : Math.Min(balanced, FindLimit(errors, images, balanced, 1)),
            confusion.Correct == 0 ? 1 : Math.Max(balanced, FindLimit(errors, images, balanced, -1))
        );
    }

    /// <summary>Finds the last balanced error that is not rejected between the observed one and 0 (direction 1) or 1 (-1).</summary>
    private static double FindLimit(int[] errors, int[] images, double balanced, int direction)
    {
        var path = new MostLikelyErrors(errors, images);
        double scale = direction * images.Max();
        bool Accepts(double log) => IsAccepted(path.At(scale * Math.Exp(log)), balanced);
        var accepted = Bisect(SmallestLog, LargestLog, Accepts);

        // The possible counts leave the tail on the other side one by one, so the accepted range has gaps. The last accepted value is
        // searched from where every value is certainly rejected.
        var rejected = Bisect(accepted, LargestLog, log => !IsCertainlyRejected(path.At(scale * Math.Exp(log)), balanced));
        var step = (int)Math.Ceiling((rejected - accepted) / GapStep);
        for (; step > 0; step--)
        {
            if (Accepts(accepted + (step * GapStep)))
            {
                accepted = Bisect(accepted + (step * GapStep), accepted + ((step + 1) * GapStep), Accepts);
                break;
            }
        }

        return path.At(scale * Math.Exp(accepted)).Mean;
    }

    /// <summary>Finds the last accepted value between an accepted and a rejected one.</summary>
    private static double Bisect(double accepted, double rejected, Func<double, bool> accepts)
    {
        for (var i = 0; i < Bisections; i++)
        {
            var middle = (accepted + rejected) / 2;
            (accepted, rejected) = accepts(middle) ? (middle, rejected) : (accepted, middle);
        }

        return accepted;
    }

    private static bool IsCertainlyRejected((double Mean, double Variance) tested, double balanced) =>
        (balanced - tested.Mean) * (balanced - tested.Mean) > RejectedSquare * tested.Variance;

    private static bool IsAccepted((double Mean, double Variance) tested, double balanced)
    {
        // Without variance the path has not left the observed errors, which are all 0 or 1.
        if (tested.Variance == 0)
        {
            return true;
        }

        var effective = tested.Mean * (1 - tested.Mean) / tested.Variance;
        return SterneTest.ComputeMidP(effective, effective * balanced, tested.Mean) > Level;
    }
}
