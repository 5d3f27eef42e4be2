using System.Text.Json;
using Coos.Evaluator.Mixes;
using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Tests.Mixes;

/// <summary>Compares with References/mixes.json, which References/mixes.py computed with NumPy, SciPy and scikit-learn.</summary>
public sealed class MixReferenceTests
{
    private const double Tolerance = 1e-12;

    private static readonly Lazy<JsonElement> References = new(() =>
    {
        var path = Path.Combine(Checkout.Folder, "Coos.Evaluator.Tests", "References", "mixes.json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    });

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, References.Value.GetProperty("cases").GetArrayLength())];

    [Fact]
    public void The_reference_file_has_its_command_and_versions() =>
        Assert.All(
            ["command", "python", "numpy", "scipy", "scikit-learn"],
            name => Assert.NotEmpty(References.Value.GetProperty("made").GetProperty(name).GetString()!)
        );

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weighted_errors_equal_NumPy(int index)
    {
        var (row, _, first, second) = Score(index, hasCosts: true);

        Assert.Equal(row.GetProperty("errors")[0].GetDouble(), first.Error, Tolerance);
        Assert.Equal(row.GetProperty("errors")[1].GetDouble(), second.Error, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Errors_without_costs_equal_scikit_learns_accuracy_with_sample_weights(int index)
    {
        var (row, _, first, second) = Score(index, hasCosts: false);

        Assert.Equal(row.GetProperty("unitErrors")[0].GetDouble(), first.Error, Tolerance);
        Assert.Equal(row.GetProperty("unitErrors")[1].GetDouble(), second.Error, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Variances_and_p_of_pairs_equal_SciPy(int index)
    {
        var (row, layout, first, second) = Score(index, hasCosts: true);
        var expected = row.GetProperty("pair");
        var pair = MixPair.Compute(layout, first, second);

        Assert.Equal(row.GetProperty("variance").GetDouble(), first.ComputeVariance().Variance, Tolerance);
        Assert.Equal(expected.GetProperty("difference").GetDouble(), pair.Difference, Tolerance);
        Assert.Equal(expected.GetProperty("variance").GetDouble(), pair.Variance, Tolerance);
        Assert.Equal(expected.GetProperty("degrees").GetDouble(), pair.Degrees, 1e-9);
        Assert.Equal(expected.GetProperty("p").GetDouble(), pair.P, 1e-10);
    }

    private static (JsonElement Row, MixLayout Layout, MixedScore First, MixedScore Second) Score(int index, bool hasCosts)
    {
        var row = References.Value.GetProperty("cases")[index];
        var classes = row.GetProperty("classes").GetInt32();
        var costs = row.GetProperty("costs")
            .EnumerateArray()
            .ToDictionary(
                c => (c.GetProperty("actual").GetInt32(), c.GetProperty("predicted").GetInt32()),
                c => c.GetProperty("cost").GetDouble()
            );
        double[] weights = [.. row.GetProperty("weights").EnumerateArray().Select(w => w.GetDouble())];
        var clusters = Ints(row, "clusters");
        var split = MixSplit.Create(Bytes(row, "actual"), classes, new Clusters("well", clusters, clusters.Max() + 1));
        Assert.Equal("well", split.Unit);
        var layout = new MixLayout([split], new ClassMix(weights, hasCosts ? costs : null));
        return (row, layout, layout.Score([split.Count(Bytes(row, "first"))]), layout.Score([split.Count(Bytes(row, "second"))]));
    }

    private static int[] Ints(JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(n => n.GetInt32())];

    private static ushort[] Bytes(JsonElement row, string name) => [.. Ints(row, name).Select(n => (ushort)n)];
}
