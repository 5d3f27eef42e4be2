using Coos.Evaluator.Resolution;
using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>
/// Draws the errors of two entries on images that are alike within wells. Each well has its own shares of images that both entries,
/// only one, or none gets right, drawn from a Dirichlet distribution. Every difference of two outcomes, and each entry's errors, then
/// have the same intra-class correlation, and wells that hold several classes have it between classes too.
/// </summary>
/// <param name="Actual">The true classes.</param>
/// <param name="ClassCount">K, the number of classes.</param>
/// <param name="Wells">The well of each image; null if images are independent.</param>
internal sealed record PairedOutcomes(ushort[] Actual, int ClassCount, Clusters? Wells)
{
    /// <summary>Creates images of wells that hold one class each or all classes.</summary>
    /// <param name="classes">K.</param>
    /// <param name="wells">Wells per class, or in all if they are shared; 0 for independent images.</param>
    /// <param name="sizes">The number of images of a class in a well: a random number in this range, with a fixed seed.</param>
    /// <param name="isShared">Whether each well holds all classes.</param>
    public static PairedOutcomes Create(int classes, int wells, (int Least, int Most) sizes, bool isShared)
    {
        var mix = new SplitMix(1);
        var (actual, ids) = (new List<ushort>(), new List<int>());
        for (var k = 0; k < classes; k++)
        {
            for (var g = 0; g < Math.Max(1, wells); g++)
            {
                for (var n = sizes.Least + mix.Below(sizes.Most - sizes.Least + 1); n > 0; n--)
                {
                    actual.Add((ushort)k);
                    ids.Add(isShared ? g : (k * wells) + g);
                }
            }
        }

        var count = isShared ? wells : wells * classes;
        return new PairedOutcomes([.. actual], classes, wells == 0 ? null : new Clusters("well", [.. ids], count));
    }

    /// <summary>Draws the predictions of both entries.</summary>
    /// <param name="first">The error of the first entry.</param>
    /// <param name="second">The error of the second entry.</param>
    /// <param name="agreement">The correlation of their errors over images.</param>
    /// <param name="icc">The intra-class correlation; unused if images are independent.</param>
    /// <param name="mix">The random numbers.</param>
    public (ushort[] First, ushort[] Second) Draw(double first, double second, double agreement, double icc, ref SplitMix mix)
    {
        var both = PairedErrors.ComputeBothWrong(first, second, agreement);
        double[] chances = [both, first - both, second - both, 1 - first - second + both];
        var shares = new double[Wells?.Count ?? 0][];
        for (var g = 0; g < shares.Length; g++)
        {
            shares[g] = icc > 0 ? DrawDirichlet(chances, (1 - icc) / icc, ref mix) : chances;
        }

        var (a, b) = (new ushort[Actual.Length], new ushort[Actual.Length]);
        for (var i = 0; i < a.Length; i++)
        {
            var own = Wells is null ? chances : shares[Wells.Ids[i]];
            var draw = mix.NextDouble();
            var isFirstWrong = draw < own[0] + own[1];
            var isSecondWrong = draw < own[0] || (draw >= own[0] + own[1] && draw < own[0] + own[1] + own[2]);
            a[i] = Predict(Actual[i], isFirstWrong);
            b[i] = Predict(Actual[i], isSecondWrong);
        }

        return (a, b);
    }

    private ushort Predict(ushort actual, bool isWrong) => (ushort)((actual + (isWrong ? 1 : 0)) % ClassCount);

    /// <summary>Draws shares with given means. Their sum of parameters is 1/ICC - 1.</summary>
    private static double[] DrawDirichlet(double[] means, double total, ref SplitMix mix)
    {
        var shares = new double[means.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = means[i] > 0 ? DrawGamma(means[i] * total, ref mix) : 0;
        }

        var sum = shares.Sum();
        return sum > 0 ? [.. shares.Select(s => s / sum)] : means;
    }

    /// <summary>Draws from a gamma distribution (Marsaglia and Tsang, "A simple method for generating gamma variables", 2000).</summary>
    internal static double DrawGamma(double shape, ref SplitMix mix)
    {
        if (shape < 1)
        {
            return DrawGamma(shape + 1, ref mix) * Math.Pow(1 - mix.NextDouble(), 1 / shape);
        }

        var d = shape - (1.0 / 3);
        while (true)
        {
            var x = NormalDraw.Next(ref mix);
            var v = Math.Pow(1 + (x / Math.Sqrt(9 * d)), 3);
            if (v > 0 && Math.Log(1 - mix.NextDouble()) < (x * x / 2) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }
}
