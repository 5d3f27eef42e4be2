using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>
/// Computes the coverage of Wilson's interval of one sensitivity by summing over all counts, without simulation. A cell is
/// in brackets if no interval could have a coverage within 93.5% and 97%: the counts that cover the truth are consecutive,
/// and no run of consecutive counts has such a probability.
/// </summary>
internal static class SensitivityCoverage
{
    private static readonly double[] Shares = [0.5, 0.8, 0.9, 0.95, 0.99];

    public static void Print()
    {
        CoverageMeasurement.WriteHeader("sensitivity: images", "50%", "80%", "90%", "95%", "99%");
        foreach (var images in new[] { 20, 50, 200, 1000 })
        {
            CoverageMeasurement.WriteRow([images, .. Shares.Select(share => FormatCell(ComputeChances(images, share), share))]);
        }
    }

    private static string FormatCell(double[] chances, double share)
    {
        var covered = chances
            .Where((_, right) => Wilson.Compute(right, chances.Length - 1) is var limits && limits.Lower <= share && share <= limits.Upper)
            .Sum();
        var cell = FormattableString.Invariant($"{covered * 100:0.0}%");
        return IsReachable(chances) ? cell : $"({cell})";
    }

    private static bool IsReachable(double[] chances) =>
        Enumerable
            .Range(0, chances.Length)
            .Any(first =>
            {
                var sum = 0.0;
                return chances.Skip(first).Any(chance => (sum += chance) is >= 0.935 and <= 0.97);
            });

    private static double[] ComputeChances(int images, double share)
    {
        var chances = new double[images + 1];
        var log = images * Math.Log(1 - share);
        for (var right = 0; right <= images; right++)
        {
            chances[right] = Math.Exp(log);
            log += Math.Log((images - right) / (right + 1.0) * share / (1 - share));
        }

        return chances;
    }
}
