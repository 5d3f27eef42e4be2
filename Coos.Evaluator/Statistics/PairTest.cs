namespace Coos.Evaluator.Statistics;

/// <summary>
/// The difference of two submissions and its p, computed from discordant counts alone, which is fast enough for all pairs of
/// a board.
/// </summary>
/// <param name="Difference">d, -1..1; positive if the first is better.</param>
/// <param name="P">The two-sided p, 0..1.</param>
public readonly record struct PairTest(double Difference, double P)
{
    /// <summary>Computes the test for independent images from the counts of <see cref="CorrectnessMap.Count"/>.</summary>
    public static PairTest Compute(CorrectnessMap map, ReadOnlySpan<int> onlyFirst, ReadOnlySpan<int> onlySecond)
    {
        ArgumentNullException.ThrowIfNull(map);
        Span<double> weights = stackalloc double[256];
        Span<int> flips = stackalloc int[256];
        var present = map.Present;
        var groups = 0;
        var difference = 0.0;
        for (var k = 0; k < onlyFirst.Length; k++)
        {
            if (map.ClassImages[k] > 0 && onlyFirst[k] + onlySecond[k] > 0)
            {
                weights[groups] = 1.0 / ((double)map.ClassImages[k] * present);
                flips[groups] = onlyFirst[k] + onlySecond[k];
                difference += (onlyFirst[k] - onlySecond[k]) * weights[groups++];
            }
        }

        return new PairTest(difference, SignFlip.ComputeByImage(flips[..groups], weights[..groups], difference));
    }

    /// <summary>Computes the share of discordant images, 0..1: the mean over present classes of (b_k + c_k) / n_k.</summary>
    internal static double ComputeDiscordance(CorrectnessMap map, ReadOnlySpan<int> onlyFirst, ReadOnlySpan<int> onlySecond)
    {
        var sum = 0.0;
        for (var k = 0; k < onlyFirst.Length; k++)
        {
            sum += map.ClassImages[k] > 0 ? (double)(onlyFirst[k] + onlySecond[k]) / map.ClassImages[k] : 0;
        }

        return sum / map.Present;
    }

    /// <summary>Computes d, positive if the first is better.</summary>
    internal static double ComputeDifference(CorrectnessMap map, ReadOnlySpan<int> onlyFirst, ReadOnlySpan<int> onlySecond)
    {
        var sum = 0.0;
        for (var k = 0; k < onlyFirst.Length; k++)
        {
            if (map.ClassImages[k] > 0)
            {
                sum += (double)(onlyFirst[k] - onlySecond[k]) / map.ClassImages[k];
            }
        }

        return sum / map.Present;
    }

    /// <summary>Computes the variance of d as defined in <see cref="PairedComparison.Compute"/>.</summary>
    internal static double ComputeVariance(CorrectnessMap map, ReadOnlySpan<int> onlyFirst, ReadOnlySpan<int> onlySecond)
    {
        var sum = 0.0;
        for (var k = 0; k < onlyFirst.Length; k++)
        {
            if (map.ClassImages[k] > 0)
            {
                double n = map.ClassImages[k] + 2;
                double more = onlyFirst[k] - onlySecond[k];
                sum += (onlyFirst[k] + onlySecond[k] + 1 - (more * more / n)) / (n * n);
            }
        }

        return sum / ((double)map.Present * map.Present);
    }
}
