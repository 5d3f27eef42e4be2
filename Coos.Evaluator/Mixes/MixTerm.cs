using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Mixes;

/// <summary>A class of a split with a weight, as a term of the weighted error.</summary>
/// <param name="Split">The split.</param>
/// <param name="Class">The class.</param>
/// <param name="Images">n, its number of images.</param>
/// <param name="Mistakes">x, its number of mistakes with a cost.</param>
/// <param name="Share">The share of its weight in the error: the weight times the mean cost of a mistake.</param>
/// <param name="Spread">The mean square of the cost of a mistake, divided by the square of its mean; 1 if all cost the same.</param>
/// <param name="Free">1 for each degree of freedom that fitting the errors does not cost: the share of this term in the sum.</param>
internal sealed record MixTerm(int Split, int Class, int Images, int Mistakes, double Share, double Spread, double Free)
{
    /// <summary>The variance of the term for independent images, at the observed errors.</summary>
    public required double ObservedVariance { get; init; }

    /// <summary>The same with half a mistake and half a correct image more, so that it is never 0.</summary>
    public double SmoothedVariance
    {
        get
        {
            var p = (Mistakes + 0.5) / (Images + 1);
            return Share * Share * ((Spread * p) - (p * p)) / Images;
        }
    }

    /// <summary>Creates the terms of an entry.</summary>
    /// <remarks>
    /// A mistake that was not seen yet may be the most expensive one: half of one is added to the spread, and a class without mistakes
    /// has this cost as its mean.
    /// </remarks>
    public static MixTerm[] Create(MixLayout layout, MixedScore score)
    {
        var terms = new List<MixTerm>();
        for (var s = 0; s < layout.Splits.Count; s++)
        {
            for (var k = 0; k < layout.Mix.ClassCount; k++)
            {
                var (loss, weight, largest) = (score.Classes(s)[k], layout.Weights[s][k], layout.Mix.LargestCost(k));
                if (weight > 0 && loss.Images > 0 && largest > 0)
                {
                    var mean = loss.Mistakes > 0 ? loss.Cost / loss.Mistakes : largest;
                    var square = (loss.Squares + (largest * largest / 2)) / (loss.Mistakes + 0.5);
                    terms.Add(
                        new MixTerm(s, k, loss.Images, loss.Mistakes, weight * mean, Math.Max(1, square / (mean * mean)), 0)
                        {
                            ObservedVariance = weight * weight * loss.Variance / loss.Images,
                        }
                    );
                }
            }
        }

        var total = terms.Sum(t => t.Share);
        return [.. terms.Select(t => t with { Free = t.Share / total })];
    }

    /// <summary>Computes the weighted error at a point of the path of most likely errors, and the variance of an observed one.</summary>
    /// <remarks>
    /// p maximises sum x ln p + (n - x) ln(1 - p) for a given sum of share · p: it solves ν p² - (n + ν) p + x = 0 with ν the share
    /// times a multiplier that is one number for all classes. The variance is the sum of share² (spread · p - p²)/(n - 1 + free).
    /// </remarks>
    public static (double Mean, double Variance) At(MixTerm[] terms, double multiplier)
    {
        var (mean, variance) = (0.0, 0.0);
        foreach (var term in terms)
        {
            var p = MostLikelyErrors.FindError(term.Mistakes, term.Images, multiplier * term.Share);
            mean += term.Share * p;
            variance += term.Share * term.Share * ((term.Spread * p) - (p * p)) / Math.Max(term.Images - 1 + term.Free, term.Images / 2.0);
        }

        return (mean, variance);
    }
}
