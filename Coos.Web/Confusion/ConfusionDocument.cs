using System.Globalization;
using System.Text;
using Coos.Shared.Benchmarks;
using Coos.Shared.Delimited;
using Coos.Shared.Scores;

namespace Coos.Web.Confusion;

/// <summary>A confusion matrix as the API sends it.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Classes">The classes' short names; rows are true classes, columns predicted ones.</param>
/// <param name="Counts">K x K numbers of images.</param>
/// <param name="Rates">K x K shares of the row's images, 0..1; a row without images is null.</param>
internal sealed record ConfusionDocument(string Split, IReadOnlyList<string> Classes, int[][] Counts, double[]?[] Rates)
{
    /// <summary>The matrix of a split; null where it is not known.</summary>
    public static ConfusionDocument? Of(SplitScore score, Benchmark benchmark) =>
        score.Confusion is not { } counts
            ? null
            : new ConfusionDocument(score.Split, [.. benchmark.Classes.Select(c => c.Short)], counts, [.. counts.Select(RatesOf)]);

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

    private static double[]? RatesOf(int[] row)
    {
        var images = row.Sum();
        return images == 0 ? null : [.. row.Select(count => (double)count / images)];
    }
}
