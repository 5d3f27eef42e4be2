using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>
/// False positives of the paired test where all discordant images weigh the same, summed and not simulated; and what any
/// test could have there. Given n discordant images their signs are fair coins, and whatever cut a test makes calls them
/// different with one of few chances: 2 P(X at most k). Of four all alike it is 12.5%, or nothing.
/// </summary>
internal static class ExactFalsePositives
{
    private const double Level = 0.05;
    private const double Least = 0.04;
    private const double Most = 0.06;

    /// <summary>No test deserves its level that calls some number of discordant images different twice as often.</summary>
    private const double Twice = 2 * Level;

    /// <summary>The chance that two equally good submissions are called different; in brackets where no test reaches 4%.</summary>
    /// <param name="images">Images of the split.</param>
    /// <param name="discordant">The chance that the two disagree on one.</param>
    public static string Cell(int images, double discordant) => Text(Sum(images, discordant, Given), Bound(images, discordant) >= Least);

    /// <summary>The largest chance that any test has which calls no number of discordant images different in more than 10%.</summary>
    public static double Bound(int images, double discordant) => Sum(images, discordant, n => Chances(n).Where(c => c <= Twice).Max());

    /// <summary>The chance that n discordant images are called different; in brackets where no cut gives 4% to 6%.</summary>
    public static string GivenCell(int n) => Text(Given(n), Chances(n).Any(c => c is >= Least and <= Most));

    private static double Given(int n) =>
        n == 0 ? 0 : Binomial.Fair(n).Where((_, b) => SignFlip.ComputeByImage([n], [1], (2 * b) - n) <= Level).Sum();

    /// <summary>What a cut can give: nothing, all alike, all but one alike, ...</summary>
    private static IEnumerable<double> Chances(int n)
    {
        var sum = 0.0;
        yield return sum;
        foreach (var chance in Binomial.Fair(n).Take((n + 1) / 2))
        {
            yield return sum += 2 * chance;
        }
    }

    /// <summary>The mean over how many of the images are discordant.</summary>
    private static double Sum(int images, double discordant, Func<int, double> given)
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

    private static string Text(double share, bool isPossible)
    {
        var cell = FormattableString.Invariant($"{share * 100:0.0}%");
        return isPossible ? cell : $"({cell})";
    }
}
