using System.Text;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Support;

/// <summary>A benchmark of three classes and four images, small enough to compute by hand.</summary>
internal static class Sample
{
    public static readonly ClassLabel[] Classes =
    [
        new(0, "Endoplasmic Reticulum", "ER"),
        new(1, "Golgi", "Golgi"),
        new(2, "β-Tubulin", "Tub"),
    ];

    public static readonly Benchmark Benchmark = new()
    {
        Slug = "sample",
        Name = "Sample",
        Summary = "Three classes.",
        Classes = Classes,
        Splits =
        [
            new Split("training", SplitRole.Training, "Training", "", null, ""),
            new Split("test1", SplitRole.InDistribution, "Test1", "", null, ""),
            new Split("test2", SplitRole.Shifted, "Test2", "", null, ""),
        ],
        Ranking = new Ranking(MetricId.BalancedError, ["test2"]),
    };

    public static ImageIndex Images(params string[] ids) => ImageIndex.Create([.. ids.Select(Encoding.UTF8.GetBytes)], out _);

    /// <summary>Split test2 with images 0 to 3; test1 has 0 and 1, training has a, b and c.</summary>
    public static PredictionTarget Target() =>
        new("test2", Images("0", "1", "2", "3"), Benchmark.ClassNames)
        {
            OtherSplits = new Dictionary<string, ImageIndex> { ["training"] = Images("a", "b", "c"), ["test1"] = Images("0", "1") },
        };

    /// <summary>Creates labels of the images 0, 1, 2, ... from class indices.</summary>
    public static SplitLabels Labels(params int[] classes)
    {
        var rows = new LabelRows();
        for (var i = 0; i < classes.Length; i++)
        {
            Assert.True(rows.TryAdd($"{i}", classes[i]));
        }

        return rows.ToLabels();
    }

    public static (PredictionSet? Predictions, ProblemList Problems) Read(string text, PredictionTarget? target = null) =>
        Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), target);

    public static (PredictionSet? Predictions, ProblemList Problems) Read(Stream text, PredictionTarget? target = null)
    {
        var problems = new ProblemList();
        return (PredictionReader.Read(text, target ?? Target(), problems), problems);
    }

    /// <summary>Reads a file that must be valid.</summary>
    public static PredictionSet ReadGood(string text, PredictionTarget? target = null) =>
        ReadGood(new MemoryStream(Encoding.UTF8.GetBytes(text)), target);

    public static PredictionSet ReadGood(Stream text, PredictionTarget? target = null)
    {
        var (predictions, problems) = Read(text, target);
        Assert.Empty(problems.Items);
        return Assert.IsType<PredictionSet>(predictions);
    }
}
