using System.Globalization;
using Coos.Server.Mixes;
using Coos.Shared.Benchmarks;

namespace Coos.Web.Mixes;

/// <summary>A reader's own mix of classes and costs, by which a leaderboard is ranked.</summary>
internal sealed record MixDocument
{
    /// <summary>The splits that count; the score is the mean of their weighted errors.</summary>
    public required IReadOnlyList<string> Splits { get; init; }

    /// <summary>The share of each class with a weight, by its short name; the shares add up to 1.</summary>
    public required IReadOnlyDictionary<string, double> Weights { get; init; }

    /// <summary>The costs of confusions other than 1.</summary>
    public required IReadOnlyList<MixCostDocument> Costs { get; init; }

    /// <summary>
    /// "share of images" if every mistake costs 1, so that scores are 0..1; otherwise "mean cost per image".
    /// </summary>
    public required string ScoreUnit { get; init; }

    /// <summary>The method of the intervals, in words; absent without tested entries.</summary>
    public string? IntervalMethod { get; init; }

    /// <summary>The classes with a weight that a split has no images of.</summary>
    public required IReadOnlyList<MixAbsentDocument> WithoutImages { get; init; }

    /// <summary>How many entries are left out, by reason.</summary>
    public required IReadOnlyDictionary<string, int> LeftOut { get; init; }

    /// <summary>
    /// For each class, which entries have the lowest error while its weight grows from that of equal weights to 1 and the other classes
    /// share the rest equally. Of two classes there is one line, from 0 to 1.
    /// </summary>
    public required IReadOnlyList<MixRangeDocument> Best { get; init; }

    /// <summary>Creates the document of an outcome.</summary>
    public static MixDocument Of(MixOutcome outcome) =>
        new()
        {
            Splits = [.. outcome.Splits.Select(s => s.Name)],
            Weights = outcome
                .Benchmark.Classes.Where(c => outcome.Shares[c.Index] > 0)
                .ToDictionary(NameOf(outcome), c => outcome.Shares[c.Index]),
            Costs =
            [
                .. outcome.Query.Costs.Select(c => new MixCostDocument(
                    c.Actual is { } k ? outcome.Benchmark.Classes[k].Short : "*",
                    c.Predicted is { } j ? outcome.Benchmark.Classes[j].Short : "*",
                    c.Cost
                )),
            ],
            ScoreUnit = outcome.HasUnitCosts ? "share of images" : "mean cost per image",
            IntervalMethod = outcome.IntervalMethod.Length > 0 ? outcome.IntervalMethod : null,
            WithoutImages = [.. outcome.Absent.Select(a => new MixAbsentDocument(a.Class.Short, [.. a.Splits.Select(s => s.Name)]))],
            LeftOut = outcome.Excluded.CountBy(e => e.Reason).ToDictionary(),
            Best =
            [
                .. outcome.Ranges.Select(r => new MixRangeDocument(
                    r.Class.Short,
                    [.. r.Ranges.Select(b => new MixBestDocument(b.Entry.Id, b.Entry.Method, b.From, b.To))]
                )),
            ],
        };

    /// <summary>Names classes by their short names, or by index if two have the same.</summary>
    private static Func<ClassLabel, string> NameOf(MixOutcome outcome)
    {
        var isUnique = outcome.Benchmark.Classes.DistinctBy(c => c.Short).Count() == outcome.Benchmark.Classes.Count;
        return label => isUnique ? label.Short : label.Index.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>The cost of a confusion.</summary>
/// <param name="Actual">The true class's short name; * for every class.</param>
/// <param name="Predicted">The predicted class's short name; * for every other class.</param>
/// <param name="Cost">The cost; other mistakes cost 1.</param>
internal sealed record MixCostDocument(string Actual, string Predicted, double Cost);

/// <summary>A class without images, whose weight the other classes share.</summary>
/// <param name="Class">The class's short name.</param>
/// <param name="Splits">The splits without images of it.</param>
internal sealed record MixAbsentDocument(string Class, IReadOnlyList<string> Splits);

/// <summary>Which entries are best while the weight of a class grows.</summary>
/// <param name="Class">The class's short name.</param>
/// <param name="Ranges">The ranges of the weight, in order and without gaps.</param>
internal sealed record MixRangeDocument(string Class, IReadOnlyList<MixBestDocument> Ranges);

/// <summary>A range of the weight of a class in which an entry has the lowest error.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Method">The entry's method.</param>
/// <param name="From">The lowest weight, 0..1.</param>
/// <param name="To">The highest weight, 0..1.</param>
internal sealed record MixBestDocument(Guid Id, string Method, double From, double To);

/// <summary>What a mix changes for an entry.</summary>
/// <param name="BoardRank">Its rank by the leaderboard's own score among the entries of the mix; absent without that score.</param>
/// <param name="IntervalReliable">
/// Whether enough clusters have its mistakes; false if the interval of the score may be too narrow. Absent for reported results.
/// </param>
/// <param name="Mistakes">The confusions that add most to its score, largest first; empty for reported results.</param>
internal sealed record MixRowDocument(int? BoardRank, bool? IntervalReliable, IReadOnlyList<MixMistakeDocument> Mistakes)
{
    /// <summary>Creates the document of a row.</summary>
    public static MixRowDocument Of(MixRow row, MixOutcome outcome) =>
        new(
            row.BoardRank,
            row.Interval?.IsReliable,
            [
                .. row.Mistakes.Select(m => new MixMistakeDocument(
                    outcome.Benchmark.Classes[m.Actual].Short,
                    outcome.Benchmark.Classes[m.Predicted].Short,
                    m.Error
                )),
            ]
        );
}

/// <summary>A confusion as a part of an entry's score.</summary>
/// <param name="Actual">The true class's short name.</param>
/// <param name="Predicted">The predicted class's short name.</param>
/// <param name="Score">Its part of the score; the parts of all confusions add up to it.</param>
internal sealed record MixMistakeDocument(string Actual, string Predicted, double Score);
