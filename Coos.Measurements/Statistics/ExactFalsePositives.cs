using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>
/// Computes the false positives of the paired test exactly where all discordant images have the same weight, and the best
/// that any test could achieve there. Given n discordant images, their signs are fair coins, so a test's rate of false
/// positives is one of few values: 2 P(X at most k). With four images it is 12.5% or 0, if only equal signs are significant.
/// </summary>
internal static class ExactFalsePositives
{
    private const double Level = 0.05;
    private const double MinShare = 0.04;
    private const double MaxShare = 0.06;

    /// <summary>The maximum rate of false positives of an acceptable test for any number of discordant images: twice the level.</summary>
    private const double MaxChance = 2 * Level;

    /// <summary>
    /// Formats the probability that two equally good submissions differ significantly, in brackets if no test reaches 4%.
    /// </summary>
    /// <param name="images">The number of images of the split.</param>
    /// <param name="discordant">The probability that the two submissions disagree on an image.</param>
    public static string FormatCell(int images, double discordant) =>
        Format(Average(images, discordant, ComputeGiven), ComputeBound(images, discordant) >= MinShare);

    /// <summary>
    /// Computes the largest rate of false positives of any test whose rate is at most 10% for every number of discordant
    /// images.
    /// </summary>
    public static double ComputeBound(int images, double discordant) =>
        Average(images, discordant, n => EnumerateChances(n).Where(c => c <= MaxChance).Max());

    /// <summary>Formats the probability that n discordant images are significant, in brackets if no threshold gives 4% to 6%.</summary>
    public static string FormatGivenCell(int n) => Format(ComputeGiven(n), EnumerateChances(n).Any(c => c is >= MinShare and <= MaxShare));

    private static double ComputeGiven(int n) =>
        n == 0 ? 0 : Binomial.Fair(n).Where((_, b) => SignFlip.ComputeByImage([n], [1], (2 * b) - n) <= Level).Sum();

    /// <summary>Enumerates the rates that thresholds can give: none, all signs equal, all but one equal, ...</summary>
    private static IEnumerable<double> EnumerateChances(int n)
    {
        var sum = 0.0;
        yield return sum;
        foreach (var chance in Binomial.Fair(n).Take((n + 1) / 2))
        {
            yield return sum += 2 * chance;
        }
    }

    /// <summary>Averages over the number of discordant images.</summary>
    private static double Average(int images, double discordant, Func<int, double> given)
    {
        var (sum, log) = (0.0, images * Math.Log(1 - discordant));
        for (var n = 0; n <= images; n++)
        {
            var chance = Math.Exp(log);
            sum += chance < 1e-12 ? 0 : chance * given(n);
            log += Math.Log((images - n) / (n + 1.0) * discordant / (1 - discordant));
        }

        return sum;
    }

    private static string Format(double share, bool isPossible)
    {
        var cell = FormattableString.Invariant($"{share * 100:0.0}%");
        return isPossible ? cell : $"({cell})";
    }
}
