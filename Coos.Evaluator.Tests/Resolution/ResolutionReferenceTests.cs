using System.Text.Json;
using Coos.Evaluator.Resolution;
using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Tests.Resolution;

/// <summary>
/// Compares with References/resolution.json, which References/resolution.py computed with SciPy and statsmodels. The file has the
/// command and the versions.
/// </summary>
public sealed class ResolutionReferenceTests
{
    private const double Tolerance = 1e-8;

    private static readonly Lazy<JsonElement> References = new(() =>
    {
        var path = Path.Combine(Checkout.Folder, "Coos.Evaluator.Tests", "References", "resolution.json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    });

    [Fact]
    public void The_file_has_its_command_and_versions() =>
        Assert.All(
            ["command", "python", "numpy", "scipy", "statsmodels"],
            name => Assert.NotEmpty(References.Value.GetProperty("made").GetProperty(name).GetString()!)
        );

    [Fact]
    public void Quantiles_of_Students_t_equal_SciPy() =>
        Each(
            "students",
            row =>
            {
                var degrees = Optional(row, "degrees") ?? double.PositiveInfinity;

                Assert.Equal(1, Student.ComputeUpper(Number(row, "tail"), degrees) / Number(row, "quantile"), Tolerance);
                Assert.Equal(1, Student.UpperTail(Number(row, "quantile"), degrees) / Number(row, "tailAtQuantile"), Tolerance);
            }
        );

    [Fact]
    public void Smallest_differences_equal_those_from_the_covariance_of_all_images() =>
        Each(
            "designs",
            row =>
            {
                var labels = Bytes(row, "labels");
                var design = SamplingDesign.FromLabels(labels, labels.Max() + 2, Wells(row));

                var variance = design.ComputeVariance(Number(row, "icc"), Number(row, "between"));

                Assert.Equal(1, variance.Factor / Number(row, "factor"), Tolerance);
                Assert.Equal(1, variance.Degrees / Number(row, "degrees"), Tolerance);
                foreach (var wanted in row.GetProperty("cases").EnumerateArray())
                {
                    var found = SmallestDifference.Compute(
                        variance,
                        Number(wanted, "error"),
                        Number(wanted, "agreement"),
                        Number(wanted, "level")
                    );
                    Assert.Equal(Optional(wanted, "difference") is null, found is null);
                    Assert.Equal(Optional(wanted, "difference") ?? 0, found ?? 0, Tolerance);
                }
            }
        );

    [Fact]
    public void Correlations_within_clusters_equal_the_analysis_of_variance_of_statsmodels() =>
        Each(
            "correlations",
            row =>
            {
                var labels = Bytes(row, "labels");
                var entries = row.GetProperty("wrong")
                    .EnumerateArray()
                    .Select(wrong => wrong.EnumerateArray().Select((w, i) => (ushort)(labels[i] + w.GetInt32())).ToArray());

                var found = IntraclassCorrelation.Estimate(labels, entries, labels.Max() + 1, Wells(row))!.Value;

                Assert.Equal(Number(row, "within"), found.Within, Tolerance);
                Assert.Equal(Optional(row, "between") is null, found.Between is null);
                Assert.Equal(Optional(row, "between") ?? 0, found.Between ?? 0, Tolerance);
            }
        );

    [Fact]
    public void Equivalence_equals_statsmodels() =>
        Each(
            "equivalences",
            row =>
            {
                var error = new DifferenceError(Number(row, "standardError"), Number(row, "degrees"));
                var (difference, margin) = (Number(row, "difference"), Number(row, "margin"));

                var interval = error.ComputeInterval(difference, 0.9);

                Assert.Equal(Number(row, "lower"), interval.Lower, Tolerance);
                Assert.Equal(Number(row, "upper"), interval.Upper, Tolerance);
                Assert.Equal(1, error.ComputeEquivalenceP(difference, margin) / Number(row, "p"), Tolerance);
                Assert.Equal(Number(row, "p") < 0.05, interval.Lower > -margin && interval.Upper < margin);
            }
        );

    private static void Each(string name, Action<JsonElement> check)
    {
        JsonElement[] rows = [.. References.Value.GetProperty(name).EnumerateArray()];
        Assert.NotEmpty(rows);
        Assert.All(rows, check);
    }

    private static Clusters Wells(JsonElement row)
    {
        int[] ids = [.. row.GetProperty("clusters").EnumerateArray().Select(c => c.GetInt32())];
        return new Clusters("well", ids, ids.Max() + 1);
    }

    private static ushort[] Bytes(JsonElement row, string name) =>
        [.. row.GetProperty(name).EnumerateArray().Select(c => (ushort)c.GetInt32())];

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();

    private static double? Optional(JsonElement row, string name) =>
        row.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;
}
