using System.Globalization;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Resolution;

/// <summary>Describes the resolution of a benchmark in plain words.</summary>
internal static class ResolutionSummary
{
    /// <summary>Describes the smallest difference of the mean over the ranking splits.</summary>
    public static string Describe(Benchmark benchmark, RankingResolution? ranking, string unit)
    {
        var where = BoardSummary.Titles(benchmark);
        if (ranking is null)
        {
            return $"The number of images of {where} is not known yet, so nobody can say which differences a test would show.";
        }

        if (Find(ranking, ResolutionBuilder.Agreement) is not { } differences)
        {
            return $"{where} {(benchmark.Ranking.Splits.Count == 1 ? "is" : "are")} too small for a test: no difference between a method "
                + "near 10% error and another is shown in four of five cases.";
        }

        var mean = benchmark.Ranking.Splits.Count == 1 ? where : $"the mean of {where}";
        var range = FormatRange(differences);
        var reason = differences.Low == differences.High ? "" : $", depending on how alike the images of the same {unit} are";
        var same = Find(ranking, ResolutionBuilder.HighAgreement) is { } fewer
            ? $" If they mostly make the same mistakes, {FormatRange(fewer)} are enough."
            : "";
        return $"Two methods near 10% error must differ by about {range} on {mean} before a test shows it in four of five cases"
            + $"{reason}.{same}";
    }

    /// <summary>Differences below this many have two decimals.</summary>
    private const double Small = 0.00995;

    /// <summary>Formats a difference in points: two digits, at most two decimals.</summary>
    public static string Format(double difference) =>
        difference < Small ? (100 * difference).ToString("0.00", CultureInfo.InvariantCulture) : FormatCoarse(difference);

    private static string FormatCoarse(double difference) => (100 * difference).ToString("0.0", CultureInfo.InvariantCulture);

    private static string FormatRange((double Low, double High) differences)
    {
        // Both with the digits of the larger one: "0.7 to 1.5", not "0.68 to 1.5".
        var low = differences.High < Small ? Format(differences.Low) : FormatCoarse(differences.Low);
        return low == Format(differences.High) ? $"{low} points" : $"{low} to {Format(differences.High)} points";
    }

    private static (double Low, double High)? Find(RankingResolution ranking, double agreement)
    {
        double?[] found =
        [
            .. ranking.Table.Where(r => r.Error == ResolutionBuilder.Error && r.Agreement == agreement).Select(r => r.SmallestDifference),
        ];
        return found is [{ } first, ..] && found[^1] is { } last ? (first, last) : null;
    }
}
