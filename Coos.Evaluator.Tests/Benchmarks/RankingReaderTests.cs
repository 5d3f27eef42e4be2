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
    public void A_split_may_have_several_metrics()
    {
        var benchmark = Read(
            """
            {
              "metrics": ["mcc"],
              "ranking": { "metric": "accuracy", "splits": { "test1": { "macroF1": 1, "balancedError": 3 }, "test2": 1 } }
            }
            """
        );

        var ranking = benchmark.Ranking;
        Assert.Equal(MetricId.Composite, ranking.Metric);
        Assert.Equal([0.8, 0.2], new[] { ranking.Share(0), ranking.Share(1) });
        Assert.Equal([new MetricShare(MetricId.MacroF1, 0.25), new MetricShare(MetricId.BalancedError, 0.75)], ranking.Mixture!["test1"]);
        Assert.Equal([new MetricShare(MetricId.Accuracy, 1)], ranking.Mixture["test2"]);
        Assert.Equal(
            [MetricId.Composite, MetricId.MacroF1, MetricId.BalancedError, MetricId.Accuracy, MetricId.Mcc],
            benchmark.ScoredMetrics
        );
    }

    /// <summary>The gap to the reference is then that of the whole score.</summary>
    [Fact]
    public void A_split_that_does_not_rank_has_the_mean_of_the_mixtures()
    {
        var benchmark = Read("""{ "ranking": { "splits": { "test2": { "macroF1": 1, "accuracy": 3 } } } }""");

        Assert.Equal(benchmark.Ranking.Mixture!["test2"], benchmark.Ranking.Mixture["test1"]);
        Assert.Null(benchmark.Ranking.Weights);
    }

    [Fact]
    public void Another_mixture_is_another_plan()
    {
        var keys = new[] { 1, 2 }.Select(w =>
            ScorePlan.Of(Read($$"""{ "ranking": { "splits": { "test2": { "macroF1": {{w}}, "accuracy": 3 } } } }""")).Key
        );

        Assert.Equal(2, keys.Distinct().Count());
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
    [InlineData(
        """{ "ranking": { "splits": { "test2": { "logLoss": 1 } } } }""",
        "$.ranking.splits.test2.logLoss: \"logLoss\" is not between 0 and 1, so it cannot be mixed with others; allowed: balancedError, "
            + "error, accuracy, balancedAccuracy, macroF1, topKAccuracy, auroc"
    )]
    [InlineData("""{ "ranking": { "splits": { "test2": { "mcc": 1 } } } }""", "\"mcc\" is not between 0 and 1")]
    [InlineData(
        """{ "groups": ["day"], "ranking": { "splits": { "test2": { "worstGroupAccuracy": 1 } } } }""",
        "\"worstGroupAccuracy\" cannot be mixed, because it is of a part of the images that predictions choose"
    )]
    [InlineData("""{ "ranking": { "splits": { "test2": { "f1": 1 } } } }""", "$.ranking.splits.test2.f1: \"f1\" is not a metric; allowed:")]
    [InlineData("""{ "ranking": { "splits": { "test2": { "composite": 1 } } } }""", "\"composite\" is not a metric; allowed:")]
    [InlineData("""{ "ranking": { "metric": "composite" } }""", "$.ranking.metric: \"composite\" is not a metric; allowed:")]
    [InlineData(
        """{ "ranking": { "splits": { "test2": { "accuracy": "1" } } } }""",
        "$.ranking.splits.test2.accuracy: found \"1\", expected a weight: a number above 0"
    )]
    [InlineData("""{ "ranking": { "splits": { "test2": {} } } }""", "$.ranking.splits.test2: no metric; name metrics with their weights")]
    [InlineData(
        """{ "ranking": { "metric": "logLoss", "splits": { "test1": { "accuracy": 1 }, "test2": 1 } } }""",
        "$.ranking.splits.test2: the ranking metric logLoss is not between 0 and 1"
    )]
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
