using System.Globalization;
using System.Text;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Delimited;
using Coos.Shared.Scores;

namespace Coos.Server.Comparisons;

/// <summary>A confusion matrix in the API.</summary>
internal sealed record ConfusionDocument
{
    /// <summary>The split's name.</summary>
    public required string Split { get; init; }

    /// <summary>The classes' short names; rows are true classes, columns predicted ones.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>K x K numbers of images; absent for more than 255 classes, which have <see cref="Cells"/>.</summary>
    public required int[][]? Counts { get; init; }

    /// <summary>
    /// The cells with images of more than 255 classes, <c>[true class, predicted class, images]</c> each; absent for fewer classes.
    /// </summary>
    public int[][]? Cells { get; init; }

    /// <summary>K x K shares of the row's images, 0..1; a row without images is null; absent for more than 255 classes.</summary>
    public required double[]?[]? Rates { get; init; }

    /// <summary>
    /// K x K 95% intervals of the shares, each lower and upper; a row without images is null; absent for more than 255 classes.
    /// </summary>
    public required double[]?[]?[]? RateIntervals { get; init; }

    /// <summary>The method of these intervals, in words.</summary>
    public required string RateMethod { get; init; }

    /// <summary>The most frequent confusions, at most five.</summary>
    public required IReadOnlyList<MistakeDocument> Mistakes { get; init; }

    /// <summary>The classes' short names, ordered by lost images, most first; classes without images come last.</summary>
    public required IReadOnlyList<string> ByLoss { get; init; }

    /// <summary>The shares minus those of another split or entry; absent if none was requested.</summary>
    public ConfusionDifference? Difference { get; init; }

    /// <summary>Creates the document of a split; null if the matrix is not known.</summary>
    public static ConfusionDocument? Create(SplitScore score, Benchmark benchmark) =>
        score.Matrix is not { } counts
            ? null
            : new ConfusionDocument
            {
                Split = score.Split,
                Classes = [.. benchmark.Classes.Select(c => c.Short)],
                Counts = score.Confusion,
                Cells = score.ConfusionCells,
                Rates = FillRows(counts, (k, j) => CellShares.ComputeRate(counts, k, j)!.Value),
                RateIntervals = FillRows(counts, (k, j) => (double[]?)CellShares.ComputeInterval(counts, k, j)!.Value.ToArray()),
                RateMethod = CellShares.ShareMethod,
                Mistakes = MistakeDocument.FindMostFrequent(benchmark.Classes, counts, null),
                ByLoss = [.. ClassOrder.SortByLoss(benchmark.Classes, counts).Select(c => c.Short)],
            };

    /// <summary>
    /// Formats the counts as CSV: a header of predicted classes, then one line per true class; for more than 255 classes a line per cell
    /// with images.
    /// </summary>
    public string ToCsv() => Counts is { } counts ? FormatTable(counts) : FormatCells(Cells ?? []);

    private string FormatCells(int[][] cells)
    {
        var csv = new StringBuilder("true,predicted,images\n");
        foreach (var cell in cells)
        {
            csv.Append(CsvField.QuoteForSpreadsheet(Classes[cell[0]]))
                .Append(',')
                .Append(CsvField.QuoteForSpreadsheet(Classes[cell[1]]))
                .Append(',')
                .Append(cell[2].ToString(CultureInfo.InvariantCulture))
                .Append('\n');
        }

        return csv.ToString();
    }

    private string FormatTable(int[][] counts)
    {
        var csv = new StringBuilder("true/predicted");
        foreach (var name in Classes)
        {
            csv.Append(',').Append(CsvField.QuoteForSpreadsheet(name));
        }

        for (var actual = 0; actual < counts.Length; actual++)
        {
            csv.Append('\n').Append(CsvField.QuoteForSpreadsheet(Classes[actual]));
            foreach (var count in counts[actual])
            {
                csv.Append(',').Append(count.ToString(CultureInfo.InvariantCulture));
            }
        }

        return csv.Append('\n').ToString();
    }

    /// <summary>Computes one value per cell; a row without images is null. Null for too many classes.</summary>
    private static T[]?[]? FillRows<T>(ConfusionMatrix counts, Func<int, int, T> cell)
    {
        var indices = Enumerable.Range(0, counts.ClassCount);
        return counts.ClassCount > ConfusionMatrix.MaximumDense
            ? null
            : [.. indices.Select(k => counts.ClassImages(k) == 0 ? null : indices.Select(j => cell(k, j)).ToArray())];
    }
}

/// <summary>A confusion: images of one class that are predicted as another.</summary>
/// <param name="Actual">The true class's short name.</param>
/// <param name="Predicted">The predicted class's short name.</param>
/// <param name="Images">The number of images of the true class with this prediction.</param>
/// <param name="Of">The number of images of the true class.</param>
/// <param name="More">The increase of the share over the other matrix, 0..1; absent without comparison.</param>
/// <param name="Text">The same in words.</param>
internal sealed record MistakeDocument(string Actual, string Predicted, int Images, int Of, double? More, string Text)
{
    /// <summary>Finds the most frequent confusions of a matrix, or those with the largest increase over another matrix.</summary>
    public static IReadOnlyList<MistakeDocument> FindMostFrequent(
        IReadOnlyList<ClassLabel> classes,
        ConfusionMatrix counts,
        ConfusionMatrix? before
    ) =>
        [
            .. Mistake
                .FindMostFrequent(classes, counts, before)
                .Select(m => new MistakeDocument(
                    m.Actual.Short,
                    m.Predicted.Short,
                    m.Count,
                    m.Images,
                    before is null ? null : m.More,
                    $"{m.Actual.Name} predicted as {m.Predicted.Name} {m.Frequency}"
                )),
        ];
}

/// <summary>A confusion matrix's shares minus those of another split or entry.</summary>
/// <param name="From">The split that is subtracted; absent if an entry is.</param>
/// <param name="Against">The entry that is subtracted; absent if a split is.</param>
/// <param name="Rates">
/// K x K differences of the shares, -1..1; a row is null if either has no images of the class; absent for more than 255 classes.
/// </param>
/// <param name="RateIntervals">Their 95% intervals, not adjusted for the number of cells; absent for more than 255 classes.</param>
/// <param name="RateMethod">The method of these intervals, in words.</param>
/// <param name="Mistakes">The confusions with the largest increase, at most five.</param>
/// <param name="ByLoss">The classes' short names, ordered by lost sensitivity, most first.</param>
internal sealed record ConfusionDifference(
    string? From,
    Guid? Against,
    double[]?[]? Rates,
    double[]?[]?[]? RateIntervals,
    string RateMethod,
    IReadOnlyList<MistakeDocument> Mistakes,
    IReadOnlyList<string> ByLoss
)
{
    /// <summary>Computes the difference from the basis; null without one.</summary>
    public static ConfusionDifference? Compute(SplitScore score, ConfusionBasis basis, Benchmark benchmark) =>
        basis switch
        {
            { Pair: { } pair } => Create(
                benchmark,
                (null, pair.Comparison.B.Id),
                (pair.Own, pair.Base),
                (k, j) => CellShares.ComputePairedDifference(pair.Cells, k, j),
                CellShares.PairedMethod
            ),
            { Reference.Matrix: { } before } => Create(
                benchmark,
                (basis.Reference.Split, null),
                (score.Matrix!, before),
                (k, j) => CellShares.ComputeShift(score.Matrix!, before, k, j),
                CellShares.ShiftMethod
            ),
            _ => null,
        };

    private static ConfusionDifference Create(
        Benchmark benchmark,
        (string? From, Guid? Against) other,
        (ConfusionMatrix Counts, ConfusionMatrix Before) matrices,
        Func<int, int, (double Difference, Interval Interval)?> cell,
        string method
    )
    {
        var indices = Enumerable.Range(0, benchmark.Classes.Count);
        var isDense = benchmark.Classes.Count <= ConfusionMatrix.MaximumDense;
        (double Difference, Interval Interval)?[][] cells = isDense
            ? [.. indices.Select(k => indices.Select(j => cell(k, j)).ToArray())]
            : [];
        double[]?[] rates = [.. cells.Select(row => row.Any(c => c is null) ? null : row.Select(c => c!.Value.Difference).ToArray())];
        double[]?[]?[] intervals =
        [
            .. cells.Select(row => row.Any(c => c is null) ? null : row.Select(c => (double[]?)c!.Value.Interval.ToArray()).ToArray()),
        ];
        return new ConfusionDifference(
            other.From,
            other.Against,
            isDense ? rates : null,
            isDense ? intervals : null,
            method,
            MistakeDocument.FindMostFrequent(benchmark.Classes, matrices.Counts, matrices.Before),
            [.. ClassOrder.SortByLoss(benchmark.Classes, matrices.Counts, matrices.Before).Select(c => c.Short)]
        );
    }
}
