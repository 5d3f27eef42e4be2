using Coos.Shared.Randomness;
using Coos.Simulator.Parameters;
using Coos.Simulator.Randomness;

namespace Coos.Simulator.Design;

/// <summary>Assigns a well to each image of a set.</summary>
internal static class SplitPlan
{
    /// <summary>Plans a set.</summary>
    /// <param name="design">The plates and wells.</param>
    /// <param name="split">The set.</param>
    /// <param name="number">The number of the set, the key of its random streams.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The well of each image, in a random order.</returns>
    public static WellSite[] Draw(DesignParameters design, SplitDesign split, int number, ulong seed)
    {
        var random = new RandomStream(seed, StreamPurpose.Split, (ulong)number);
        WellSite[] wells =
        [
            .. Enumerable
                .Range(split.FirstPlate, split.Plates)
                .SelectMany(plate => PlateLayout.Wells(design, seed, plate))
                .Where(w => split.Wells == WellChoice.All || w.IsBorder == (split.Wells == WellChoice.Border)),
        ];
        var weights = Array.ConvertAll(wells, _ => random.LogNormal(1, design.CellsPerWellSigma));
        var counts = Apportion(split.Images, weights);
        WellSite[] plan = [.. wells.SelectMany((well, i) => Enumerable.Repeat(well, counts[i]))];
        Shuffle.InPlace(plan, random);
        return plan;
    }

    /// <summary>Divides a total in proportion to weights, by largest remainder; the first wins a tie.</summary>
    private static int[] Apportion(int total, double[] weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        var quotas = Array.ConvertAll(weights, w => w / sum * total);
        var counts = Array.ConvertAll(quotas, q => (int)Math.Floor(q));
        var missing = total - counts.Sum();
        foreach (var i in Enumerable.Range(0, weights.Length).OrderByDescending(i => quotas[i] - counts[i]).Take(missing))
        {
            counts[i]++;
        }

        return counts;
    }
}
