using System.Text.Json;
using Coos.Evaluator.Forecasts;
using Coos.Evaluator.Statistics;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Predictions;
using static Coos.Evaluator.Tests.Support.ConsistencyReferences;

namespace Coos.Evaluator.Tests.Forecasts;

/// <summary>Forecasts equal those of the published programs on the same probabilities.</summary>
public sealed class ForecastReferenceTests
{
    [Fact]
    public void Probits_equal_SciPy() =>
        Assert.All(
            Rows("probit"),
            row =>
            {
                Assert.Equal(Number(row, "z"), Probit.Compute(Number(row, "p")), Tolerance);
                Assert.Equal(Number(row, "p"), Probit.Invert(Number(row, "z")), Tolerance);
            }
        );

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.5)]
    public void Only_numbers_between_0_and_1_have_a_probit(double p) => Assert.Throws<ArgumentOutOfRangeException>(() => Probit.Compute(p));

    [Fact]
    public void Small_confidence_forecasts_equal_the_published_program() =>
        Assert.All(
            Rows("smallForecasts"),
            row =>
            {
                var (actual, classes) = (Classes(row.GetProperty("actual")), row.GetProperty("classes").GetInt32());
                var source = Numbers(row.GetProperty("source"));
                ushort[] predicted = [.. Enumerable.Range(0, actual.Length).Select(i => FindLargest(source.AsSpan(i * classes, classes)))];
                var reference = ReferenceConfidence.Compute(actual, Predictions(predicted, source, classes));

                AssertEqual(row, reference, new ClassProbabilities(Numbers(row.GetProperty("target")), classes));
            }
        );

    [Fact]
    public void Confidence_forecasts_of_all_bundled_entries_equal_the_published_program() =>
        Assert.All(
            Rows("bundledForecasts"),
            split =>
            {
                JsonElement[] rows = [.. split.GetProperty("entries").EnumerateArray()];
                Assert.Equal(19, rows.Length);
                Assert.All(
                    rows,
                    row =>
                    {
                        var labels = BundledBoard.LabelsOf("test1");
                        var source = BundledBoard.Predictions(Text(row, "entry"), "test1");
                        var reference = ReferenceConfidence.Compute(labels.Classes, source);

                        var target = BundledBoard.Predictions(Text(row, "entry"), Text(split, "split"));
                        AssertEqual(row, reference, target.Probabilities!);
                    }
                );
            }
        );

    [Fact]
    public void Small_lines_equal_the_published_program() =>
        Assert.All(
            Rows("smallLines"),
            row =>
            {
                var reference = row.GetProperty("reference").EnumerateArray().Select(Classes).ToList();
                var shifted = row.GetProperty("shifted").EnumerateArray().Select(Classes).ToList();
                var accuracies = Numbers(row.GetProperty("accuracies"));

                AssertEqual(row, [.. reference.Select((r, i) => new AgreeingEntry(r, shifted[i], accuracies[i]))]);
            }
        );

    [Fact]
    public void Lines_of_the_bundled_entries_equal_the_published_program() =>
        Assert.All(
            Rows("bundledForecasts"),
            split =>
            {
                JsonElement[] rows = [.. split.GetProperty("entries").EnumerateArray()];
                AgreeingEntry[] entries =
                [
                    .. rows.Select(row => new AgreeingEntry(
                        BundledBoard.Predictions(Text(row, "entry"), "test1").Classes,
                        BundledBoard.Predictions(Text(row, "entry"), Text(split, "split")).Classes,
                        Number(row, "accuracy")
                    )),
                ];
                var line = AgreementLine.Fit(entries)!;

                Assert.Equal(Number(split, "slope"), line.Slope, Tolerance);
                Assert.Equal(Number(split, "intercept"), line.Intercept, Tolerance);
                Assert.All(
                    rows,
                    (row, i) =>
                    {
                        Assert.Equal(Number(row, "single"), line.Forecasts[i]!.Value.Single, Tolerance);
                        Assert.Equal(Number(row, "joint"), line.Forecasts[i]!.Value.Joint!.Value, Tolerance);
                    }
                );
            }
        );

    private static void AssertEqual(JsonElement row, ReferenceConfidence reference, ClassProbabilities target)
    {
        var forecast = reference.Forecast(target);
        Assert.Equal(Number(row, "accuracy"), reference.Accuracy, Tolerance);
        Assert.Equal(Number(row, "maximum"), forecast.Maximum, Tolerance);
        Assert.Equal(Number(row, "entropy"), forecast.Entropy, Tolerance);
        Assert.Equal(Number(row, "difference"), forecast.Difference, Tolerance);
    }

    private static void AssertEqual(JsonElement row, AgreeingEntry[] entries)
    {
        var line = AgreementLine.Fit(entries)!;
        Assert.Equal(Number(row, "slope"), line.Slope, Tolerance);
        Assert.Equal(Number(row, "intercept"), line.Intercept, Tolerance);
        var (single, joint) = (Numbers(row.GetProperty("single")), Numbers(row.GetProperty("joint")));
        Assert.All(
            line.Forecasts,
            (forecast, i) =>
            {
                Assert.Equal(single[i], forecast!.Value.Single, Tolerance);
                Assert.Equal(joint[i], forecast.Value.Joint!.Value, Tolerance);
            }
        );
    }

    private static ushort FindLargest(Span<double> row)
    {
        ushort best = 0;
        for (ushort k = 1; k < row.Length; k++)
        {
            best = row[k] > row[best] ? k : best;
        }

        return best;
    }

    private static PredictionSet Predictions(ushort[] classes, double[] probabilities, int count) =>
        new()
        {
            Split = "test1",
            Classes = classes,
            Probabilities = new ClassProbabilities(probabilities, count),
            Hash = "",
        };
}
