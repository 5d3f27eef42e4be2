namespace Coos.Measurements.Disclosures.Attacks;

/// <summary>
/// Not an attack, but a scale for them: an informant who knows the labels tells which predictions are wrong, and the true class, in the
/// best code for one image after another. No attack can use its answers better than by about this much.
/// </summary>
internal static class InformantAttack
{
    /// <summary>Corrects predictions until the bits are used.</summary>
    /// <returns>The predictions, and the bits used.</returns>
    public static (ushort[] Predictions, double Bits) Run(SimulatedBenchmark benchmark, int[] targets, double maximumBits)
    {
        const double P = SimulatedBenchmark.HonestError;
        var (right, wrong) = (-Math.Log2(1 - P), Math.Log2(benchmark.Shape.Classes - 1) - Math.Log2(P));
        var final = benchmark.Honest.ToArray();
        var bits = 0.0;
        foreach (var i in targets.Where(i => benchmark.IsPublic[i]))
        {
            if (bits + wrong > maximumBits)
            {
                break;
            }

            bits += benchmark.Label(i) == final[i] ? right : wrong;
            final[i] = benchmark.Label(i);
        }

        return (final, bits);
    }
}
