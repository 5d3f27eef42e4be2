using System.Text.Json;
using Coos.Evaluator.Metrics;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Metrics;

/// <summary>Compares with References/metrics.json, which References/metrics.py computed with scikit-learn.</summary>
public sealed class MetricReferenceTests
{
    private const double Tolerance = 1e-12;

    private static readonly Lazy<JsonElement> References = new(() =>
    {
        var path = Path.Combine(Checkout.Folder, "Coos.Evaluator.Tests", "References", "metrics.json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    });

    /// <summary>Every metric on every case: a new metric is compared as soon as it has a name. A composite is made of the others.</summary>
    public static TheoryData<MetricId, int> Cases
    {
        get
        {
            var cases = Enumerable.Range(0, References.Value.GetProperty("cases").GetArrayLength());
            return
            [
                .. Enum.GetValues<MetricId>()
                    .Where(m => m != MetricId.Composite)
                    .SelectMany(metric => cases.Select(position => (metric, position))),
            ];
        }
    }

    [Fact]
    public void The_reference_file_has_its_command_and_versions()
    {
        var source = References.Value.GetProperty("made");

        Assert.All(["command", "python", "numpy", "scikit-learn"], name => Assert.NotEmpty(source.GetProperty(name).GetString()!));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_equal_scikit_learn(MetricId metric, int position)
    {
        var (split, predictions, scores) = Read(References.Value.GetProperty("cases")[position]);
        var expected = scores.GetProperty(MetricInfo.Get(metric).Name);
        var estimate = Metric.Get(metric).Estimate(split, predictions);

        if (expected.ValueKind == JsonValueKind.Null)
        {
            // scikit-learn has no top-k accuracy of two classes: it expects scores of the second class instead.
            Assert.True(metric is MetricId.TopKAccuracy && split.ClassCount == 2);
            return;
        }

        Assert.NotNull(estimate);
        Assert.Equal(expected.GetDouble(), estimate.Value, Tolerance);
        if (estimate.ValueInterval is { } interval)
        {
            Assert.InRange(estimate.Value, interval.Lower - Tolerance, interval.Upper + Tolerance);
            Assert.True(interval.Upper > interval.Lower);
        }
        else
        {
            Assert.StartsWith("none: ", estimate.Method, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_metric_has_its_own_place()
    {
        Assert.All(Enum.GetValues<MetricId>(), id => Assert.Equal((id, id), (Metric.Get(id).Id, MetricInfo.Get(id).Id)));
        Assert.Equal(Enum.GetValues<MetricId>().Length, MetricInfo.All.Count);
    }

    private static (MetricSplit Split, PredictionSet Predictions, JsonElement Scores) Read(JsonElement row)
    {
        var actual = row.GetProperty("actual").EnumerateArray().Select(k => k.GetInt32()).ToArray();
        var ranking = new Ranking(MetricId.BalancedError, [])
        {
            Group = "group",
            K = row.GetProperty("k").GetInt32(),
            Percentile = row.GetProperty("percentile").GetInt32(),
        };
        var labels = Sample.Labels(actual).With("group", [.. row.GetProperty("groups").EnumerateArray().Select(g => g.ToString())]);
        var predictions = new PredictionSet
        {
            Split = "test1",
            Classes = [.. row.GetProperty("predicted").EnumerateArray().Select(k => (ushort)k.GetInt32())],
            Probabilities = new ClassProbabilities(
                [.. row.GetProperty("probabilities").EnumerateArray().SelectMany(p => p.EnumerateArray()).Select(p => p.GetDouble())],
                row.GetProperty("classes").GetInt32()
            ),
            Hash = "",
        };
        return (new MetricSplit(labels, row.GetProperty("classes").GetInt32(), null, ranking), predictions, row.GetProperty("scores"));
    }
}
