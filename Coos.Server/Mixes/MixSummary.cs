using System.Globalization;
using Coos.Evaluator.Statistics;
using Coos.Server.Leaderboards;
using Coos.Shared.Scores;

namespace Coos.Server.Mixes;

/// <summary>Answers "which method is best for me?" in words. The page and the API use the same sentences.</summary>
internal static class MixSummary
{
    /// <summary>The sentences of an outcome.</summary>
    public static string Describe(MixOutcome outcome)
    {
        string[] sentences = outcome.Rows.Count == 0 ? [DescribeEmpty(outcome)] : [.. DescribeReported(outcome), .. DescribeBest(outcome)];
        return string.Join(' ', sentences.Where(s => s.Length > 0));
    }

    /// <summary>Formats a weighted error: 7.1%, or 12.3 per 100 images if mistakes have costs.</summary>
    public static string Format(MixOutcome outcome, double error) => outcome.HasUnitCosts ? $"{Percent.Of(error)}%" : Percent.Of(error);

    /// <summary>The number of entries that are left out, with the reasons.</summary>
    public static string DescribeExcluded(MixOutcome outcome)
    {
        if (outcome.Excluded.Count == 0)
        {
            return "";
        }

        var reasons = outcome.Excluded.CountBy(e => e.Reason).OrderByDescending(r => r.Value).ToList();
        var list = reasons.Count == 1 ? reasons[0].Key : string.Join("; ", reasons.Select(r => $"{r.Key} ({Count(r.Value)})"));
        return $"{Count(outcome.Excluded.Count)} {(outcome.Excluded.Count == 1 ? "entry is" : "entries are")} left out: {list}.";
    }

    /// <summary>Says which classes have no images: "Test4 has no images of Golgi, which ...".</summary>
    public static string DescribeAbsent(MixOutcome outcome)
    {
        var groups = outcome.Absent.GroupBy(a => BoardSummary.Titles(a.Splits)).ToList();
        var single = outcome.Splits.Count == 1;
        return string.Join(
            ' ',
            groups.Select(g =>
                $"{g.Key} {(g.First().Splits.Count == 1 ? "has" : "have")} no images of {Join([.. g.Select(a => a.Class.Name)])}; "
                + (single ? "the other classes share the weight." : "the other classes share the weight there.")
            )
        );
    }

    private static string DescribeEmpty(MixOutcome outcome) =>
        outcome.Excluded.Count == 0 ? "No results yet." : $"No entry can be weighted. {DescribeExcluded(outcome)}";

    /// <summary>Reported results at the top of the table, which cannot be tested.</summary>
    private static IEnumerable<string> DescribeReported(MixOutcome outcome)
    {
        var leading = outcome.Rows.TakeWhile(r => r.Interval is null).ToList();
        if (leading is not [var first, ..])
        {
            yield break;
        }

        yield return leading.Count(r => r.Rank == 1) == 1
            ? $"{first.Entry.Method} has the lowest published error for {Name(outcome)}: {Format(outcome, first.Error)}."
            : $"{Join([.. leading.Where(r => r.Rank == 1).Select(r => r.Entry.Method)])} have the lowest published error for "
                + $"{Name(outcome)}: {Format(outcome, first.Error)}.";
        yield return outcome.Tested.Any()
            ? "Reported results have no predictions, so they cannot be tested."
            : "No entry with predictions can be weighted, so nothing can be tested.";
    }

    private static IEnumerable<string> DescribeBest(MixOutcome outcome)
    {
        var tested = outcome.Tested.ToList();
        if (tested.Count == 0)
        {
            yield break;
        }

        var best = tested[0];
        var equal = tested.Where(r => r.Error == best.Error).ToList();
        var scope = outcome.Rows[0].Interval is null ? "Of the tested entries" : $"For {Name(outcome)}";
        var (limits, what) = (best.Interval!.Limits, outcome.HasUnitCosts ? ("make", "the fewest mistakes") : ("have", "the lowest cost"));
        var verb =
            equal.Count > 1 ? what.Item1
            : what.Item1 == "make" ? "makes"
            : "has";
        var per = outcome.HasUnitCosts ? "" : " per 100 images";
        yield return $"{scope}, {Join([.. equal.Select(r => r.Entry.Method)])} {verb} {what.Item2}: {Format(outcome, best.Error)}{per} "
            + $"(95% interval {Percent.Of(limits.Lower)} to {Format(outcome, limits.Upper)}).";
        if (!best.Interval.IsReliable)
        {
            yield return $"Few {Clusters.Pluralize(outcome.Unit ?? "cluster")} have its mistakes, so the interval may be too narrow.";
        }

        yield return DescribeTests(tested, equal.Count);
        yield return DescribeMistake(outcome, best, equal.Count);
    }

    private static string DescribeTests(List<MixRow> tested, int equal)
    {
        var others = tested.Count - 1;
        var tied = tested.Count(r => r.IsAmongBest == true) - equal;
        return (others, tied) switch
        {
            (0, _) => "It is the only entry with predictions, so it cannot be tested against another.",
            (_, 0) when equal > 1 && equal == tested.Count => "All tested entries have the same error.",
            (_, 0) when equal > 1 => "All other tested entries are significantly worse.",
            (1, 0) => "It is significantly better than the other tested entry.",
            (_, 0) => $"It is significantly better than all {Count(others)} other tested entries.",
            (1, _) => "No difference shown from the other tested entry.",
            (_, 1) => "No difference shown from 1 other entry.",
            var (all, some) when some == all => $"No difference shown from any of the {Count(all)} other tested entries.",
            _ => $"No difference shown from {Count(tied)} others.",
        };
    }

    private static string DescribeMistake(MixOutcome outcome, MixRow best, int equal)
    {
        var whose = equal > 1 ? $"{best.Entry.Method}'s" : "Its";
        if (best.Mistakes is not [var largest, ..])
        {
            return outcome.HasUnitCosts
                ? $"{(equal > 1 ? "They make" : "It makes")} no mistakes on these images."
                : $"None of {(equal > 1 ? "their" : "its")} mistakes on these images has a cost.";
        }

        var (actual, predicted) = (outcome.Benchmark.Classes[largest.Actual], outcome.Benchmark.Classes[largest.Predicted]);
        var kind = outcome.HasUnitCosts ? "most frequent mistake is" : "most expensive mistake is";
        return $"{whose} {kind} {actual.Name} called {predicted.Name} "
            + $"({Percent.Of(largest.Error)} of the {Percent.Of(best.Error)}{(outcome.HasUnitCosts ? " points" : "")}).";
    }

    private static string Name(MixOutcome outcome) => outcome.Query.IsDefault ? "equal weights" : "your mix";

    /// <summary>Names in a row; of many, the first three and the number of the others.</summary>
    private static string Join(IReadOnlyList<string> names) =>
        names.Count switch
        {
            1 => names[0],
            <= 4 => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
            _ => $"{string.Join(", ", names.Take(3))} and {Count(names.Count - 3)} others",
        };

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
