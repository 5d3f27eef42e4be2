using System.Globalization;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;

namespace Coos.Evaluator.Tests.Benchmarks;

/// <summary>The bundled boards of WILDS agree with the tables of Koh, Sagawa et al., ICML 2021.</summary>
public sealed class WildsBoardTests
{
    [Theory]
    [InlineData(
        "camelyon17",
        MetricId.Accuracy,
        2,
        "id_val val test",
        "ERM 93.2 84.9 70.3; CORAL 95.4 86.2 59.5; IRM 91.6 86.2 64.2; Group DRO 93.7 85.5 68.4"
    )]
    [InlineData(
        "rxrx1",
        MetricId.Accuracy,
        1139,
        "val id_test test",
        "ERM 19.4 35.9 29.9; CORAL 18.5 34 28.4; IRM 5.6 9.9 8.2; Group DRO 15.2 28.1 23"
    )]
    [InlineData("iwildcam", MetricId.MacroF1, 182, "id_test test", "ERM 47 31; CORAL 43.5 32.8; IRM 22.4 15.1; Group DRO 37.5 23.9")]
    [InlineData("fmow", MetricId.WorstGroupAccuracy, 62, "id_test test", "ERM 58.3 32.3; CORAL 55 31.7; IRM 56 30; Group DRO 57.8 30.8")]
    public void Rows_are_those_of_the_paper(string name, MetricId metric, int classes, string splits, string rows)
    {
        var folder = Read(name);

        Assert.Equal((metric, classes), (folder.Benchmark.Ranking.Metric, folder.Benchmark.Classes.Count));
        Assert.Equal(["test"], folder.Benchmark.Ranking.Splits);
        Assert.Equal(
            rows.Split("; "),
            folder.Reported.Select(r => $"{r.Method} {string.Join(' ', splits.Split(' ').Select(s => Percent(folder, r, s)))}")
        );
    }

    [Theory]
    [InlineData("camelyon17", "5.2 3.1 6.4", 10)]
    [InlineData("rxrx1", "0.4 0.2 0.4", null)]
    [InlineData("iwildcam", "1.4 1.3", null)]
    [InlineData("fmow", "0.92 1.25", null)]
    public void The_first_row_has_the_standard_deviations_of_the_paper(string name, string deviations, int? replicates)
    {
        var row = Read(name).Reported[0];

        Assert.Equal(
            deviations,
            string.Join(' ', row.Deviations.Values.Select(d => (100 * d).ToString("0.##", CultureInfo.InvariantCulture)))
        );
        Assert.Equal(replicates, row.Replicates);
    }

    private static BenchmarkFolder Read(string name) => BenchmarkFolder.Read(Path.Combine(Checkout.Folder, "benchmarks", $"wilds-{name}"));

    private static string Percent(BenchmarkFolder folder, ReportedResult row, string split) =>
        (100 * folder.Benchmark.Ranking.Info.ToValue(row.Losses[split])).ToString("0.##", CultureInfo.InvariantCulture);
}
