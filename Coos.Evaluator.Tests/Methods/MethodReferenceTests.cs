using System.Text.Json;
using Coos.Evaluator.Methods;
using Coos.Evaluator.Statistics;
using Coos.Shared.Labels;

namespace Coos.Evaluator.Tests.Methods;

/// <summary>Compares with References/methods.json, which References/methods.py computed with NumPy and SciPy.</summary>
public sealed class MethodReferenceTests
{
    private const double Tolerance = 1e-9;

    private static readonly Lazy<JsonElement> References = new(() =>
    {
        var path = Path.Combine(Checkout.Folder, "Coos.Evaluator.Tests", "References", "methods.json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    });

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, References.Value.GetProperty("cases").GetArrayLength())];

    [Fact]
    public void The_reference_file_has_its_command_and_versions()
    {
        var source = References.Value.GetProperty("made");

        Assert.All(["command", "python", "numpy", "scipy"], name => Assert.NotEmpty(source.GetProperty(name).GetString()!));
    }

    [Fact]
    public void Students_distribution_equals_SciPy_also_for_fractions_of_degrees()
    {
        var rows = References.Value.GetProperty("tails").EnumerateArray().ToList();

        Assert.NotEmpty(rows);
        Assert.All(
            rows,
            row =>
            {
                var degrees = Number(row, "degrees");
                if (row.TryGetProperty("quantile", out var quantile))
                {
                    Assert.Equal(quantile.GetDouble(), Student.Quantile975(degrees), Tolerance);
                    return;
                }

                Assert.Equal(1, Student.TwoSided(Number(row, "t"), degrees) / Number(row, "p"), Tolerance);
                Assert.Equal(1, Student.TwoSided(-Number(row, "t"), degrees) / Number(row, "p"), Tolerance);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Means_and_differences_equal_NumPy_and_SciPy(int position)
    {
        var row = References.Value.GetProperty("cases")[position];
        var splits = row.GetProperty("splits").EnumerateArray().Select(ReadLabels).ToList();
        var hasClusters = splits.All(s => s.Wells is not null);
        var layout = new MethodLayout(splits, row.GetProperty("classes").GetInt32(), "well");
        MethodEvidence[] methods = [.. row.GetProperty("methods").EnumerateArray().Select(m => layout.Encode(ReadRuns(m)))];

        for (var m = 0; m < methods.Length; m++)
        {
            Assert.Equal(
                row.GetProperty("errors")[m].EnumerateArray().Select(e => e.GetDouble()),
                methods[m].RunErrors,
                (a, b) => Math.Abs(a - b) < Tolerance
            );
            Assert.Equal(row.GetProperty("variances")[m].GetDouble(), methods[m].RunVariance, Tolerance);
            AssertEqual(row.GetProperty("means")[m], layout.Estimate(methods[m]));
        }

        var difference = row.GetProperty("difference");
        AssertEqual(difference, layout.Compare(methods[0], methods[1]));
        Assert.Equal(1, layout.ComputeP(methods[0], methods[1]) / Number(difference, "p"), Tolerance);
        Assert.Equal(hasClusters, row.GetProperty("name").GetString() != "no clusters");
    }

    private static void AssertEqual(JsonElement expected, MethodEstimate actual)
    {
        Assert.Equal(Number(expected, "value"), actual.Value, Tolerance);
        Assert.Equal(Number(expected, "images"), actual.Variance.Images, Tolerance * Tolerance + Number(expected, "images") * Tolerance);
        Assert.Equal(Number(expected, "runs"), actual.Variance.Runs, Tolerance * Tolerance + Number(expected, "images") * Tolerance);
        Assert.Equal(1, actual.Variance.Degrees / Number(expected, "degrees"), Tolerance);
        Assert.Equal(Number(expected, "lower"), actual.Interval.Lower, Tolerance);
        Assert.Equal(Number(expected, "upper"), actual.Interval.Upper, Tolerance);
        Assert.Equal(1, actual.P / Number(expected, "p"), Tolerance);
        Assert.Equal(expected.GetProperty("byCluster").GetBoolean() ? "well" : "image", actual.Unit);
    }

    private static SplitLabels ReadLabels(JsonElement split)
    {
        var actual = split.GetProperty("actual").GetString()!;
        var clusters = split.GetProperty("clusters");
        var rows = clusters.ValueKind == JsonValueKind.Array ? new LabelRows("well") : new LabelRows();
        for (var i = 0; i < actual.Length; i++)
        {
            rows.TryAdd($"{i:D4}", actual[i] - '0', clusters.ValueKind == JsonValueKind.Array ? [$"w{clusters[i].GetInt32()}"] : []);
        }

        return rows.ToLabels();
    }

    private static List<IReadOnlyList<ushort[]>> ReadRuns(JsonElement method) =>
        [
            .. method
                .EnumerateArray()
                .Select(run => run.EnumerateArray().Select(p => p.GetString()!.Select(c => (ushort)(c - '0')).ToArray()).ToArray()),
        ];

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();
}
