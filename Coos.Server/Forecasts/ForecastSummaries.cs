using Coos.Evaluator.Forecasts;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Forecasts;

/// <summary>Summarizes how far forecasts were off. Pure functions.</summary>
internal static class ForecastSummaries
{
    /// <summary>Creates the document of a benchmark.</summary>
    /// <param name="benchmark">The benchmark, with a reference.</param>
    /// <param name="splits">The forecasts of each shifted test set.</param>
    /// <param name="groups">The group of each entry; the errors of a group are dependent.</param>
    public static ForecastDocument Summarize(
        Benchmark benchmark,
        IReadOnlyList<ForecastSplit> splits,
        IReadOnlyDictionary<Guid, string> groups
    ) =>
        new()
        {
            Benchmark = benchmark.Slug,
            Reference = benchmark.Reference!,
            Forecasts = [.. ForecastKinds.All.Select(kind => Summarize(kind.Id, kind.Get, splits, groups))],
            Splits = splits,
        };

    private static ForecastSummary Summarize(
        string id,
        Func<ForecastEntry, double?> get,
        IReadOnlyList<ForecastSplit> splits,
        IReadOnlyDictionary<Guid, string> groups
    )
    {
        var all = splits.SelectMany(s => List(s, get, groups)).ToList();
        var error = ForecastError.Compute(all);
        return new ForecastSummary(
            id,
            all.Count,
            error?.MeanAbsolute,
            error?.Interval?.ToArray(),
            error?.Mean,
            error?.Groups ?? 0,
            splits
                .Select(s => (s.Split, Error: ForecastError.Compute([.. List(s, get, groups)])))
                .Where(s => s.Error is not null)
                .ToDictionary(s => s.Split, s => s.Error!.MeanAbsolute)
        );
    }

    private static IEnumerable<(string Group, double Forecast, double Measured)> List(
        ForecastSplit split,
        Func<ForecastEntry, double?> get,
        IReadOnlyDictionary<Guid, string> groups
    ) =>
        from entry in split.Entries
        let forecast = get(entry)
        where forecast is not null
        select (groups[entry.Id], forecast.Value, entry.Accuracy);
}
