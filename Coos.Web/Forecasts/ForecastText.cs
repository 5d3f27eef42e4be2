using Coos.Server.Forecasts;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Web.Forecasts;

/// <summary>States in words how far forecasts were off.</summary>
internal static class ForecastText
{
    /// <summary>The kinds of forecasts with their summaries, in the order in which they are shown.</summary>
    public static IEnumerable<(
        (string Id, string Title, string Uses, Func<ForecastEntry, double?> Get) Kind,
        ForecastSummary Summary
    )> List(ForecastDocument document) => ForecastKinds.All.Select(kind => (kind, document.Forecasts.First(f => f.Id == kind.Id)));

    /// <summary>Compares the closest forecast with the assumption that nothing is lost. The document has at least one entry.</summary>
    public static string Conclude(ForecastDocument document, Benchmark benchmark)
    {
        var all = List(document).Where(f => f.Summary.MeanAbsoluteError is not null).ToList();
        var assumption = all.First(f => f.Kind.Id == ForecastKinds.NoLoss).Summary;
        string[] splits = [.. document.Splits.Where(s => s.Entries.Count > 0).Select(s => benchmark.TitleOf(s.Split))];
        var names = splits.Length > 1 ? $"{string.Join(", ", splits[..^1])} and {splits[^1]}" : splits[0];
        var loss =
            $"The accuracies on {names} differ from those on {benchmark.TitleOf(document.Reference)} "
            + $"by {Percent.Of(assumption.MeanAbsoluteError!.Value)} points on average.";
        var forecasts = all.Where(f => f.Kind.Id != ForecastKinds.NoLoss).ToList();
        if (forecasts.Count == 0)
        {
            return loss + " Nothing forecasts them: no entry has probabilities, and there are too few entries for agreement-on-the-line.";
        }

        // Kinds with fewer forecasts are of other entries, so their errors cannot be compared.
        var largest = forecasts.Max(f => f.Summary.Forecasts);
        var (kind, closest) = forecasts.Where(f => f.Summary.Forecasts == largest).MinBy(f => f.Summary.MeanAbsoluteError);
        var interval = closest.Interval is [var lower, var upper] ? $" (95% interval {Percent.Of(lower)} to {Percent.Of(upper)})" : "";
        return $"{loss} The closest forecast without labels, {kind.Title}, was off by "
            + $"{Percent.Of(closest.MeanAbsoluteError!.Value)} points{interval}.";
    }
}
