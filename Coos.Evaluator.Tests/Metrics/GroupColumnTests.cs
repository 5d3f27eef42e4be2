using System.Text;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Metrics;

/// <summary>Images without a value in a column are in no group of it.</summary>
public sealed class GroupColumnTests
{
    private static readonly ClassLabel[] Classes = [new(0, "a", "a"), new(1, "b", "b")];

    private static readonly ScorePlan Plan = new(
        new Ranking(MetricId.WorstGroupAccuracy, ["test"]) { Group = "region" },
        [MetricId.WorstGroupAccuracy, MetricId.GroupPercentileAccuracy],
        ["region"]
    );

    /// <summary>Both images without a region are wrong, and WILDS' worst region of FMoW does not have them.</summary>
    [Fact]
    public void Images_without_a_value_are_in_no_group()
    {
        var score = Score("1,0,Asia\n2,1,Asia\n3,0,Europe\n4,1,Europe\n5,0,\n6,1,\n", [0, 0, 0, 1, 1, 0]);

        Assert.Equal(["Asia", "Europe"], score.Groups!.Select(g => g.Value));
        Assert.Equal([2, 2], score.Groups!.Select(g => g.Images));
        Assert.Equal((0.5, "Asia"), (score.Metrics![0].Value, score.Metrics[0].Of));
        Assert.Equal(0.55, score.Metrics[1].Value!.Value, 12);
    }

    [Fact]
    public void A_column_without_values_has_no_groups()
    {
        var score = Score("1,0,\n2,1,\n", [0, 1]);

        Assert.Null(score.Groups);
        Assert.All(score.Metrics!, m => Assert.Null(m.Value));
    }

    private static Shared.Scores.SplitScore Score(string rows, ushort[] predicted)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes("image_id,label,region\n" + rows));
        var labels = LabelFile.Read(text, "test", new ClassNames(Classes), new ProblemList())!;
        return SplitEvaluator.Evaluate(labels, PredictionSet.OfClasses("test", [.. predicted]), Classes, plan: Plan);
    }
}
