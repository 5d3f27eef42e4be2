using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics.Designs;

/// <summary>
/// <c>coverage --tables flips</c>: the p of sign flips against all sign patterns, in random cases with p above 0.001: tiny classes beside
/// large ones, and clusters of which few weigh most.
/// </summary>
internal static class FlipAccuracy
{
    private const int Cases = 5000;
    private const double Smallest = 0.001;
    private const double Tolerance = 0.02;
    private const double Tie = 1e-9;

    public static void Print()
    {
        CoverageMeasurement.WriteHeader("cases", "number", "more than 2% off", "largest deviation");
        Write("images of two to four classes, 3 to 2,000 images each", Cases * 9 / 10, DrawImages);
        Write("25 to 36 clusters of weights over three orders of magnitude", Cases / 10, DrawClusters);
    }

    private static void Write(string name, int number, Func<ulong, (double P, double Exact)> draw)
    {
        var deviations = new double[number];
        Parallel.For(
            0,
            number,
            i =>
            {
                for (var trial = 0UL; ; trial++)
                {
                    var (p, exact) = draw((((ulong)i + 1) << 32) + (trial << 16));
                    if (exact > Smallest)
                    {
                        deviations[i] = Math.Abs((p / exact) - 1);
                        return;
                    }
                }
            }
        );
        CoverageMeasurement.WriteRow(
            name,
            number,
            deviations.Count(d => d > Tolerance),
            FormattableString.Invariant($"{100 * deviations.Max():0.00}%")
        );
    }

    /// <summary>Draws the discordant images of a pair.</summary>
    private static (double P, double Exact) DrawImages(ulong seed)
    {
        var mix = new SplitMix(seed);
        var classes = 2 + mix.Below(3);
        var (counts, weights, observed) = (new int[classes], new double[classes], 0.0);
        for (var k = 0; k < classes; k++)
        {
            var images = (int)(3 * Math.Pow(667, mix.NextDouble()));
            var discordant = 1 + mix.Below(Math.Min(images, classes < 4 ? 400 : 60));
            var more = 0;
            for (var i = 0; i < discordant; i++)
            {
                more += mix.NextDouble() < 0.55 ? 1 : -1;
            }

            (counts[k], weights[k]) = (discordant, 1.0 / (images * classes));
            observed += more * weights[k];
        }

        var halves = (First: new List<(double, double)> { (0, 1) }, Second: new List<(double, double)> { (0, 1) });
        for (var k = 0; k < classes; k++)
        {
            if (k % 2 == 0)
            {
                halves.First = Add(halves.First, weights[k], counts[k]);
            }
            else
            {
                halves.Second = Add(halves.Second, weights[k], counts[k]);
            }
        }

        return (SignFlip.ComputeByImage(counts, weights, observed), ComputeExact(halves.First, halves.Second, Math.Abs(observed)));
    }

    /// <summary>Draws the contributions of clusters to a difference.</summary>
    private static (double P, double Exact) DrawClusters(ulong seed)
    {
        var mix = new SplitMix(seed);
        var values = new double[25 + mix.Below(12)];
        for (var g = 0; g < values.Length; g++)
        {
            values[g] = Math.Pow(1000, -mix.NextDouble()) * (mix.NextDouble() < 0.6 ? 1 : -1);
        }

        var (first, second) = (new List<(double, double)> { (0, 1) }, new List<(double, double)> { (0, 1) });
        for (var g = 0; g < values.Length; g++)
        {
            if (g % 2 == 0)
            {
                first = Add(first, Math.Abs(values[g]), 1);
            }
            else
            {
                second = Add(second, Math.Abs(values[g]), 1);
            }
        }

        return (SignFlip.ComputeByCluster(values), ComputeExact(first, second, Math.Abs(values.Sum())));
    }

    private static List<(double Sum, double Chance)> Add(List<(double Sum, double Chance)> sums, double weight, int count)
    {
        var coins = Binomial.Fair(count);
        return [.. sums.SelectMany(s => coins.Select((chance, heads) => (s.Sum + (((2 * heads) - count) * weight), s.Chance * chance)))];
    }

    /// <summary>Computes the share of all patterns whose sum is further from 0, plus half of those equally far.</summary>
    private static double ComputeExact(List<(double Sum, double Chance)> first, List<(double Sum, double Chance)> second, double distance)
    {
        if (distance < Tie)
        {
            return 1;
        }

        second.Sort((a, b) => a.Sum.CompareTo(b.Sum));
        double[] keys = [.. second.Select(s => s.Sum)];
        var above = new double[keys.Length + 1];
        for (var i = keys.Length - 1; i >= 0; i--)
        {
            above[i] = above[i + 1] + second[i].Chance;
        }

        return Math.Min(1, 2 * first.Sum(f => f.Chance * (AtLeast(distance - f.Sum - Tie) + AtLeast(distance - f.Sum + Tie)) / 2));

        double AtLeast(double needed)
        {
            var at = Array.BinarySearch(keys, needed);
            return above[at < 0 ? ~at : at];
        }
    }
}
