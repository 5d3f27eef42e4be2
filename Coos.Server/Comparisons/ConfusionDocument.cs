using System.Globalization;
using System.Text;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Delimited;
using Coos.Shared.Scores;

namespace Coos.Server.Comparisons;

/// <summary>A confusion matrix as the API sends it.</summary>
internal sealed record ConfusionDocument
{
    /// <summary>The split's name.</summary>
    public required string Split { get; init; }

    /// <summary>The classes' short names; rows are true classes, columns predicted ones.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>K x K numbers of images.</summary>
    public required int[][] Counts { get; init; }

    /// <summary>K x K shares of the row's images, 0..1; a row without images is null.</summary>
    public required double[]?[] Rates { get; init; }

    /// <summary>K x K 95% intervals of the shares, each lower and upper; a row without images is null.</summary>
    public required double[]?[]?[] RateIntervals { get; init; }

    /// <summary>How these intervals were made, in words.</summary>
    public required string RateMethod { get; init; }

    /// <summary>The most frequent confusions, at most five.</summary>
    public required IReadOnlyList<MistakeDocument> Mistakes { get; init; }

    /// <summary>The classes' short names, the one that loses most images first; classes without images last.</summary>
    public required IReadOnlyList<string> ByLoss { get; init; }

    /// <summary>The shares minus those of another split or entry; absent where none was asked for.</summary>
    public ConfusionDifference? Difference { get; init; }

    /// <summary>The matrix of a split; null where it is not known.</summary>
    public static ConfusionDocument? Of(SplitScore score, Benchmark benchmark) =>
        score.Confusion is not { } counts
            ? null
            : new ConfusionDocument
            {
                Split = score.Split,
                Classes = [.. benchmark.Classes.Select(c => c.Short)],
                Counts = counts,
                Rates = Rows(counts, (k, j) => CellShares.Rate(counts, k, j)!.Value),
                RateIntervals = Rows(counts, (k, j) => (double[]?)CellShares.IntervalOf(counts, k, j)!.Value.ToArray()),
                RateMethod = CellShares.ShareMethod,
                Mistakes = MistakeDocument.Most(benchmark.Classes, counts, null),
                ByLoss = [.. ClassOrder.ByLoss(benchmark.Classes, counts).Select(c => c.Short)],
            };

    /// <summary>The counts as CSV: a header of predicted classes, then a line for each true class.</summary>
    public string ToCsv()
    {
        var csv = new StringBuilder("true/predicted");
        foreach (var name in Classes)
        {
            csv.Append(',').Append(CsvField.Quote(name));
        }

        for (var actual = 0; actual < Counts.Length; actual++)
        {
            csv.Append('\n').Append(CsvField.Quote(Classes[actual]));
            foreach (var count in Counts[actual])
            {
                csv.Append(',').Append(count.ToString(CultureInfo.InvariantCulture));
            }
        }

        return csv.Append('\n').ToString();
    }

    /// <summary>A value a cell; null for a row without images.</summary>
    private static T[]?[] Rows<T>(int[][] counts, Func<int, int, T> cell) =>
        [.. counts.Select((row, k) => row.Sum() == 0 ? null : row.Select((_, j) => cell(k, j)).ToArray())];
}

/// <summary>A confusion: images of one class that are predicted as another.</summary>
/// <param name="Actual">The true class's short name.</param>
/// <param name="Predicted">The predicted class's short name.</param>
/// <param name="Images">How many images of the true class are predicted so.</param>
/// <param name="Of">How many images the true class has.</param>
/// <param name="More">By how much the share is larger than in the other matrix, 0..1; absent without comparison.</param>
/// <param name="Text">The same in words.</param>
internal sealed record MistakeDocument(string Actual, string Predicted, int Images, int Of, double? More, string Text)
{
    /// <summary>The most frequent confusions of a matrix, or those that are more frequent than in another.</summary>
    public static IReadOnlyList<MistakeDocument> Most(IReadOnlyList<ClassLabel> classes, int[][] counts, int[][]? before) =>
        [
            .. Mistake
                .Most(classes, counts, before)
                .Select(m => new MistakeDocument(
                    m.Actual.Short,
                    m.Predicted.Short,
                    m.Count,
                    m.Images,
                    before is null ? null : m.More,
                    $"{m.Actual.Name} predicted as {m.Predicted.Name} {m.HowOften}"
                )),
        ];
}

/// <summary>A confusion matrix's shares minus those of another split or entry.</summary>
/// <param name="From">The split that is taken off; absent where an entry is.</param>
/// <param name="Against">The entry that is taken off; absent where a split is.</param>
/// <param name="Rates">K x K differences of the shares, -1..1; a row is null where one of the two has no images of the class.</param>
/// <param name="RateIntervals">Their 95% intervals, each cell by itself.</param>
/// <param name="RateMethod">How these intervals were made, in words.</param>
/// <param name="Mistakes">The confusions that are more frequent, by how much; at most five.</param>
/// <param name="ByLoss">The classes' short names, the one that loses most sensitivity first.</param>
internal sealed record ConfusionDifference(
    string? From,
    Guid? Against,
    double[]?[] Rates,
    double[]?[]?[] RateIntervals,
    string RateMethod,
    IReadOnlyList<MistakeDocument> Mistakes,
    IReadOnlyList<string> ByLoss
)
{
    /// <summary>The difference from what a matrix is set against; null where that is nothing.</summary>
    public static ConfusionDifference? Of(SplitScore score, ConfusionBasis basis, Benchmark benchmark) =>
        basis switch
        {
            { Pair: { } pair } => Make(
                benchmark,
                (null, pair.Comparison.B.Id),
                (pair.Own, pair.Base),
                (k, j) => CellShares.Paired(pair.Cells, k, j),
                CellShares.PairedMethod
            ),
            { Reference.Confusion: { } before } => Make(
                benchmark,
                (basis.Reference.Split, null),
                (score.Confusion!, before),
                (k, j) => CellShares.Shift(score.Confusion!, before, k, j),
                CellShares.ShiftMethod
            ),
            _ => null,
        };

    private static ConfusionDifference Make(
        Benchmark benchmark,
        (string? From, Guid? Against) other,
        (int[][] Counts, int[][] Before) matrices,
        Func<int, int, (double Difference, Interval Interval)?> cell,
        string method
    )
    {
        var places = Enumerable.Range(0, benchmark.Classes.Count);
        (double Difference, Interval Interval)?[][] cells = [.. places.Select(k => places.Select(j => cell(k, j)).ToArray())];
        return new ConfusionDifference(
            other.From,
            other.Against,
            [.. cells.Select(row => row.Any(c => c is null) ? null : row.Select(c => c!.Value.Difference).ToArray())],
            [.. cells.Select(row => row.Any(c => c is null) ? null : row.Select(c => (double[]?)c!.Value.Interval.ToArray()).ToArray())],
            method,
            MistakeDocument.Most(benchmark.Classes, matrices.Counts, matrices.Before),
            [.. ClassOrder.ByLoss(benchmark.Classes, matrices.Counts, matrices.Before).Select(c => c.Short)]
        );
    }
}
