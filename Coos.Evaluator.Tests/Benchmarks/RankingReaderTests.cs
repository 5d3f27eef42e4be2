using System.Text.Json.Nodes;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;

namespace Coos.Evaluator.Tests.Benchmarks;

/// <summary>What a manifest says of metrics and groups.</summary>
public sealed class RankingReaderTests
{
    [Fact]
    public void Metrics_groups_and_weights_are_read()
    {
        var benchmark = Read(
            """
            {
              "groups": ["hospital", "day"], "cluster": "slide", "metrics": ["accuracy", "macroF1"],
              "ranking": { "metric": "worstGroupAccuracy", "splits": { "test1": 1, "test2": 3 }, "group": "day", "k": 2, "percentile": 20 }
            }
            """
        );

        Assert.Equal(["hospital", "day"], benchmark.Groups);
        Assert.Equal("slide", benchmark.Cluster);
        Assert.Equal([MetricId.WorstGroupAccuracy, MetricId.Accuracy, MetricId.MacroF1], benchmark.ScoredMetrics);
        Assert.Equal(["test1", "test2"], benchmark.Ranking.Splits);
        Assert.Equal([0.25, 0.75], new[] { benchmark.Ranking.Share(0), benchmark.Ranking.Share(1) });
        Assert.Equal(("day", 2, 20), (benchmark.Ranking.Group, benchmark.Ranking.K, benchmark.Ranking.Percentile));
    }

    [Fact]
    public void Without_them_a_benchmark_ranks_by_the_balanced_error_of_shifted_splits()
    {
        var benchmark = Read("{}");

        Assert.Equal([MetricId.BalancedError], benchmark.ScoredMetrics);
        Assert.Equal(["test2"], benchmark.Ranking.Splits);
        Assert.Null(benchmark.Ranking.Weights);
        Assert.Equal(1, benchmark.Ranking.Share(0));
        Assert.Empty(benchmark.Groups);
    }

    [Theory]
    [InlineData("""{ "metrics": ["f1"] }""", "$.metrics[0]: \"f1\" is not a metric; allowed: balancedError, error, accuracy, ")]
    [InlineData("""{ "metrics": ["accuracy", "accuracy"] }""", "$.metrics[1]: \"accuracy\" is named twice")]
    [InlineData("""{ "metrics": ["worstGroupAccuracy"] }""", "$.metrics[0]: worstGroupAccuracy needs groups of images")]
    [InlineData("""{ "ranking": { "metric": "groupPercentileAccuracy" } }""", "$.ranking: groupPercentileAccuracy needs groups of images")]
    [InlineData("""{ "groups": ["Hospital"] }""", "$.groups[0]: \"Hospital\" is not a valid column name")]
    [InlineData("""{ "groups": ["p1"] }""", "$.groups[0]: \"p1\" is not a valid column name")]
    [InlineData("""{ "groups": ["day", "day"] }""", "$.groups[1]: \"day\" is named twice")]
    [InlineData(
        """{ "groups": ["day"], "ranking": { "group": "week" } }""",
        "$.ranking.group: \"week\" is not one of the groups of this benchmark; allowed: day"
    )]
    [InlineData("""{ "ranking": { "group": "week" } }""", "name the column in groups first")]
    [InlineData("""{ "ranking": { "splits": { "test2": 0 } } }""", "$.ranking.splits.test2: found 0, expected a weight: a number above 0")]
    [InlineData("""{ "ranking": { "splits": { "test9": 1 } } }""", "$.ranking.splits.test9: \"test9\" is not a test split")]
    [InlineData("""{ "ranking": { "k": 0 } }""", "$.ranking.k: found 0, expected a whole number from 1")]
    [InlineData("""{ "ranking": { "percentile": 100 } }""", "$.ranking.percentile: found 100, expected a whole number from 1 to 99")]
    [InlineData("""{ "disclosure": "guarded", "ranking": { "metric": "logLoss" } }""", "$.ranking: logLoss has no upper bound")]
    public void Mistakes_are_reported_with_their_place(string properties, string problem)
    {
        var error = Assert.Throws<BenchmarkException>(() => Read(properties));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private static Benchmark Read(string properties)
    {
        var manifest = JsonNode
            .Parse(
                """
                {
                  "slug": "cells", "name": "Cells", "summary": "Two kinds.", "disclosure": "open",
                  "classes": [{ "index": 0, "name": "Round" }, { "index": 1, "name": "Long" }],
                  "splits": [{ "name": "test1", "role": "inDistribution" }, { "name": "test2", "role": "shifted" }]
                }
                """
            )!
            .AsObject();
        foreach (var (name, value) in JsonNode.Parse(properties)!.AsObject())
        {
            manifest[name] = value?.DeepClone();
        }

        return ManifestReader.Read(manifest.ToJsonString(), "benchmark.json");
    }
}
