using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Leaderboards;

/// <summary>Describes how the intervals of leaderboard rows were computed, because an interval means little without its method.</summary>
internal static class IntervalMethods
{
    /// <summary>
    /// Describes the methods in one sentence, with the test sets of each method if they differ; empty if no row has an
    /// interval.
    /// </summary>
    public static string Describe(IEnumerable<RankedEntry> rows, Benchmark benchmark)
    {
        var used = benchmark.Splits.ToDictionary(s => s.Name, _ => new SortedSet<string>(StringComparer.Ordinal));
        foreach (var (split, score) in rows.SelectMany(r => r.Entry.Splits))
        {
            if (score.IntervalMethod is { } method && used.TryGetValue(split, out var methods))
            {
                methods.Add(IntervalMethod.RemoveDoubt(method));
            }
        }

        // While a board is being rescored, one test set may have two methods.
        var groups = benchmark
            .Splits.SelectMany(s => used[s.Name].Select(method => (Method: method, s.Title)))
            .GroupBy(m => m.Method, m => m.Title)
            .ToList();
        return groups.Count switch
        {
            0 => "",
            1 => $"95% intervals {groups[0].Key}.",
            _ => $"95% intervals {string.Join("; ", groups.Select(g => $"for {string.Join(", ", g)} {g.Key}"))}.",
        };
    }
}
