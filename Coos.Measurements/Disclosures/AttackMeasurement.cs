using System.CommandLine;
using System.Globalization;
using Coos.Measurements.Disclosures.Attacks;
using Coos.Measurements.Statistics;

namespace Coos.Measurements.Disclosures;

/// <summary>
/// <c>attacks</c>: simulates adaptive attacks on guarded benchmarks and honest use of one, for the tables of
/// docs/what-scores-reveal.md.
/// </summary>
internal static class AttackMeasurement
{
    // The default limit and two larger ones; the largest leaves room for hundreds of answers.
    private static readonly double[] Limits = [0.01, 0.03, 0.07];

    private static readonly bool[] Either = [true, false];

    // About one of 16,000 rows differs from chance by more.
    private const double LargestZ = 4;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Only two attacks per family and benchmark" };
        var command = new Command(
            "attacks",
            "Simulate attacks on guarded benchmarks, and honest use; exit code 1 if a gain exceeds the information bound, "
                + "or if |z| of a sealed gain against chance is above 4"
        )
        {
            quick,
        };
        command.SetAction(parsed => Measure(parsed.GetValue(quick)));
        return command;
    }

    private static int Measure(bool isQuick)
    {
        var seeds = isQuick ? 1 : 6;
        var runs = (
            from family in AttackFamily.All
            from shape in BenchmarkShape.All
            where family.Fits?.Invoke(shape) ?? true
            from limit in isQuick ? Limits[^1..] : Limits
            from seed in Enumerable.Range(0, seeds)
            from knowsPublic in Either
            select (Family: family, Shape: shape, Limit: limit, KnowsPublic: knowsPublic, Seed: seed)
        ).ToList();
        var results = new AttackResult[runs.Count];
        Parallel.For(
            0,
            runs.Count,
            r => results[r] = runs[r].Family.Simulate(runs[r].Shape, runs[r].Limit, runs[r].KnowsPublic, ((ulong)r + 1) << 32)
        );

        List<Run> all = [.. runs.Zip(results, (run, result) => new Run(run.Family.Name, run.Shape, run.Limit, result))];
        var isHeld = true;
        WriteHeader("attack", "benchmark", "K", "public images");
        foreach (var rows in all.GroupBy(r => (r.Family, r.Shape)))
        {
            var shape = rows.Key.Shape;
            isHeld &= WriteRow(rows.ToList(), rows.Key.Family, shape.Name, shape.Classes, shape.PublicImages);
        }

        // Means of all benchmarks. An informant is not an attack.
        WriteHeader("attack");
        foreach (var rows in all.GroupBy(r => r.Family))
        {
            isHeld &= WriteRow(rows.ToList(), rows.Key);
        }

        WriteHeader("limit of an account, points", "accounts");
        var attacks = all.Where(r => r.Family != AttackFamily.Informant).ToList();
        foreach (var rows in attacks.GroupBy(r => (r.Limit, Shared: r.Family.StartsWith("20", StringComparison.Ordinal))))
        {
            isHeld &= WriteRow(rows.ToList(), Points(rows.Key.Limit), rows.Key.Shared ? 20 : 1);
        }

        Console.WriteLine();
        Console.WriteLine($"{attacks.Count} attacks and {all.Count - attacks.Count} informants.");
        HonestUse.Print(isQuick);
        Console.WriteLine();
        Console.WriteLine(
            isHeld
                ? "The bound holds for all attacks, and no sealed gain differs from chance (|z| at most 4)."
                : "The bound does not hold, or a sealed gain differs from chance (|z| above 4)."
        );
        return isHeld ? 0 : 1;
    }

    private static void WriteHeader(params object[] first) =>
        CoverageMeasurement.WriteHeader([
            .. first,
            "attacks",
            "submissions, mean",
            "bits, mean (max)",
            "gain, mean (max)",
            "bound, mean",
            "gain / bound",
            "above the bound",
            "sealed gain",
            "z against chance",
        ]);

    /// <summary>Writes the means of attacks; returns whether the bound holds and the sealed gain is chance.</summary>
    private static bool WriteRow(AttackResult[] rows, params object[] first)
    {
        var (gain, bound) = (rows.Average(r => r.Gain), rows.Average(r => r.Bound));
        var variance = rows.Sum(r => r.SealedVariance);
        var z = variance > 0 ? rows.Sum(r => r.SealedGain - r.SealedChance) / Math.Sqrt(variance) : 0;
        CoverageMeasurement.WriteRow([
            .. first,
            rows.Length,
            Text(rows.Average(r => r.Submissions), "0"),
            $"{Text(rows.Average(r => r.Bits), "0")} ({Text(rows.Max(r => r.Bits), "0")})",
            $"{Points(gain)} ({Points(rows.Max(r => r.Gain))})",
            Points(bound),
            bound > 0 ? Text(gain / bound, "0.00") : "",
            rows.Count(r => r.Gain > r.Bound + 1e-12),
            Points(rows.Average(r => r.SealedGain)),
            Text(z, "0.0"),
        ]);
        return gain <= bound + 1e-12 && rows.All(r => r.Gain <= r.Allowed) && Math.Abs(z) <= LargestZ;
    }

    private static bool WriteRow(List<Run> rows, params object[] first) => WriteRow([.. rows.Select(r => r.Result)], first);

    /// <summary>Formats a share in percentage points.</summary>
    public static string Points(double share) => Text(100 * share, "0.00");

    /// <summary>Formats a number; a rounded zero has no sign.</summary>
    public static string Text(double number, string format)
    {
        var text = number.ToString(format, CultureInfo.InvariantCulture);
        return text.Trim('-', '0', '.').Length == 0 ? text.TrimStart('-') : text;
    }

    private sealed record Run(string Family, BenchmarkShape Shape, double Limit, AttackResult Result);
}
