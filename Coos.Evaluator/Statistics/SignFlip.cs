using System.Numerics;

namespace Coos.Evaluator.Statistics;

/// <summary>
/// Two-sided sign flip test (Fisher's randomisation, "The Design of Experiments", 1935): were two submissions equally good,
/// each image (or cluster) that they disagree on would favour either alike. p is the share of all sign patterns whose sum
/// is as far from 0 as the one observed.
/// </summary>
public static class SignFlip
{
    /// <summary>From as many flips the sum is taken to be normal.</summary>
    public const int NormalFrom = 200;

    /// <summary>Up to as many distinct sums all are enumerated, so that p is exact.</summary>
    public const int EnumeratedSums = 1 << 18;

    /// <summary>Draws of signs between the two.</summary>
    public const int Draws = 100_000;

    private const ulong Seed = 0x5167_4E;
    private const double Slack = 1 - 1e-9;

    /// <summary>The p of discordant images: in group k, counts[k] flips that weigh weights[k] each.</summary>
    /// <param name="counts">b_k + c_k.</param>
    /// <param name="weights">1 / (n_k K').</param>
    /// <param name="observed">d.</param>
    public static double OfImages(ReadOnlySpan<int> counts, ReadOnlySpan<double> weights, double observed)
    {
        var total = 0;
        var variance = 0.0;
        var sums = 1L;
        for (var k = 0; k < counts.Length; k++)
        {
            total += counts[k];
            variance += counts[k] * weights[k] * weights[k];
            sums = Math.Min(sums * (counts[k] + 1), int.MaxValue);
        }

        return total == 0 ? 1
            : total >= NormalFrom ? Normal.TwoSided(observed / Math.Sqrt(variance))
            : sums <= EnumeratedSums ? Enumerate(counts, weights, Math.Abs(observed) * Slack)
            : Sample(counts, weights, Math.Abs(observed) * Slack);
    }

    /// <summary>The p of clusters that flip as a whole.</summary>
    /// <param name="values">What each cluster adds to d.</param>
    public static double OfClusters(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] nonzero = [.. values.Where(v => v != 0).Select(Math.Abs)];
        var counts = new int[nonzero.Length];
        Array.Fill(counts, 1);
        return OfImages(counts, nonzero, values.Sum());
    }

    private static double Enumerate(ReadOnlySpan<int> counts, ReadOnlySpan<double> weights, double threshold)
    {
        if (counts.IsEmpty)
        {
            return threshold <= 0 ? 1 : 0;
        }

        List<(double Sum, double Probability)> reached = [(0, 1)];
        for (var k = 0; k < counts.Length; k++)
        {
            var coins = Binomial.Fair(counts[k]);
            var next = new List<(double, double)>(reached.Count * coins.Length);
            foreach (var (sum, probability) in reached)
            {
                for (var heads = 0; heads < coins.Length; heads++)
                {
                    next.Add((sum + (((2 * heads) - counts[k]) * weights[k]), probability * coins[heads]));
                }
            }

            reached = next;
        }

        return Math.Min(1, reached.Where(r => Math.Abs(r.Sum) >= threshold).Sum(r => r.Probability));
    }

    /// <summary>(1 + draws as extreme) / (1 + draws): never 0 (Phipson and Smyth 2010).</summary>
    private static double Sample(ReadOnlySpan<int> counts, ReadOnlySpan<double> weights, double threshold)
    {
        var mix = new SplitMix(Seed);
        var extreme = 1;
        for (var draw = 0; draw < Draws; draw++)
        {
            var sum = 0.0;
            for (var k = 0; k < counts.Length; k++)
            {
                sum += ((2 * Heads(counts[k], ref mix)) - counts[k]) * weights[k];
            }

            extreme += Math.Abs(sum) >= threshold ? 1 : 0;
        }

        return extreme / (Draws + 1.0);
    }

    private static int Heads(int coins, ref SplitMix mix)
    {
        var heads = 0;
        for (; coins > 0; coins -= 64)
        {
            heads += BitOperations.PopCount(coins >= 64 ? mix.Next() : mix.Next() >> (64 - coins));
        }

        return heads;
    }
}
