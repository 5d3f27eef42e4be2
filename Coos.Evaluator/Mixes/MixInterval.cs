using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Mixes;

/// <summary>The 95% interval of a weighted error.</summary>
/// <param name="Limits">The limits.</param>
/// <param name="IsReliable">Whether enough clusters have mistakes; otherwise it may be too narrow.</param>
/// <param name="Design">The variance divided by that of independent images, at least 1.</param>
/// <param name="Degrees">The degrees of freedom of Student's t; infinite per image.</param>
public sealed record MixInterval(Interval Limits, bool IsReliable, double Design, double Degrees)
{
    /// <summary>The minimum number of clusters with mistakes for an interval by cluster that can be trusted.</summary>
    public const int MinimumClusters = 5;

    /// <summary>The minimum degrees of freedom of such an interval.</summary>
    public const double MinimumDegrees = 15;

    // The degrees that the correlation over all classes adds at most: classes may differ in it.
    private const double MaximumBorrowed = 8;
    private const int Bisections = 60;

    // Computed degrees may be 14.999999999999998 instead of 15.
    private const double Rounding = 1e-9;

    // Logarithms of the multiplier in units of the largest class: from no change to errors of a millionth.
    private const double SmallestLog = -30;
    private const double LargestLog = 15;

    /// <summary>Computes the interval.</summary>
    /// <remarks>
    /// It contains every value θ with |E - θ| at most t sqrt(D v(θ)). As for the balanced error (<see cref="BalancedErrorInterval"/>),
    /// the classes have the most likely errors with the weighted error θ, and v is the variance of independent images with these. The
    /// interval therefore has a width even without errors. D is the design effect (Kish, "Survey Sampling", 1965): the variance
    /// between clusters divided by that of independent images, averaged with the one that the correlation over all classes gives, by
    /// their degrees of freedom. t is Student's quantile for the sum of these.
    /// </remarks>
    internal static MixInterval Compute(MixLayout layout, MixedScore score)
    {
        var terms = MixTerm.Create(layout, score);
        var (design, degrees) = layout.Splits.All(split => split.Unit == MixSplit.Image)
            ? (1.0, double.PositiveInfinity)
            : ComputeDesign(layout, score, terms);
        var quantile = double.IsInfinity(degrees) ? Wilson.Normal975 : Student.Quantile975(degrees);
        var scale = quantile * quantile * design;
        var limits = new Interval(FindLimit(terms, score.Error, scale, 1), FindLimit(terms, score.Error, scale, -1));
        return new MixInterval(
            limits,
            double.IsInfinity(degrees) || (score.ClustersWithMistakes >= MinimumClusters && degrees >= MinimumDegrees - Rounding),
            design,
            degrees
        );
    }

    private static (double Design, double Degrees) ComputeDesign(MixLayout layout, MixedScore score, MixTerm[] terms)
    {
        var own = score.ComputeVariance();
        var (independent, smoothed) = (terms.Sum(t => t.ObservedVariance), terms.Sum(t => t.SmoothedVariance));
        var ownDegrees = independent > 0 ? own.Degrees : 0;
        var borrowed = Math.Clamp(score.Design.Degrees - ownDegrees, 0, MaximumBorrowed);
        if (ownDegrees + borrowed < 1 || smoothed == 0)
        {
            return (1, Math.Max(1, layout.Strata.Sum(s => s.Degrees)));
        }

        var modelled = ComputeModelled(layout, score.Design, terms) / smoothed;
        var observed = independent > 0 ? own.Variance / independent : 0;
        return (Math.Max(1, ((ownDegrees * observed) + (borrowed * modelled)) / (ownDegrees + borrowed)), ownDegrees + borrowed);
    }

    /// <summary>Computes the variance of the error that the correlations over all classes give.</summary>
    private static double ComputeModelled(MixLayout layout, DesignEffect effect, MixTerm[] terms)
    {
        var byClass = terms.ToDictionary(t => (t.Split, t.Class));
        var sum = terms.Sum(t => t.SmoothedVariance);
        for (var s = 0; s < layout.Splits.Count; s++)
        {
            var split = layout.Splits[s];
            if (split.Unit == MixSplit.Image)
            {
                continue;
            }

            for (int cell = 0, end; cell < split.CellClasses.Length; cell = end)
            {
                var (total, squares) = (0.0, 0.0);
                for (end = cell; end < split.CellClasses.Length && split.CellClusters[end] == split.CellClusters[cell]; end++)
                {
                    if (byClass.TryGetValue((s, split.CellClasses[end]), out var term))
                    {
                        var (root, images) = (Math.Sqrt(term.SmoothedVariance / term.Images), split.CellImages[end]);
                        sum += effect.SameClass * root * root * images * (images - 1.0);
                        total += root * images;
                        squares += root * root * images * images;
                    }
                }

                sum += effect.OtherClass * ((total * total) - squares);
            }
        }

        return sum;
    }

    /// <summary>Finds the last value that is not rejected between the observed error and 0 (direction 1) or the largest (-1).</summary>
    private static double FindLimit(MixTerm[] terms, double error, double scale, int direction)
    {
        // Without terms no mistake costs anything.
        var largest = terms.Select(t => t.Share).DefaultIfEmpty(0).Max();
        if (terms.All(t => direction > 0 ? t.Mistakes == 0 : t.Mistakes == t.Images) || largest == 0)
        {
            return error;
        }

        var unit = direction * terms.Max(t => t.Images) / largest;
        var (accepted, rejected) = (SmallestLog, LargestLog);
        for (var i = 0; i < Bisections; i++)
        {
            var middle = (accepted + rejected) / 2;
            var (mean, variance) = MixTerm.At(terms, unit * Math.Exp(middle));
            var isAccepted = (mean - error) * (mean - error) <= scale * variance;
            (accepted, rejected) = isAccepted ? (middle, rejected) : (accepted, middle);
        }

        var limit = MixTerm.At(terms, unit * Math.Exp(accepted)).Mean;
        return direction > 0 ? Math.Min(error, limit) : Math.Max(error, limit);
    }
}
