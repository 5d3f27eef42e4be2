using System.Text.Json;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Evaluator.Tests.Scores;

/// <summary>Compares scores of real predictions with scikit-learn.</summary>
public sealed class ScikitLearnTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string, string> Files =>
        new MatrixTheoryData<string, string>(["knn", "l1lr", "rf"], ["test1", "test2", "test3"]);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_report_equals_scikit_learn_to_twelve_digits(string model, string split)
    {
        var pack = SharedFolder.RequireYeast();
        using var expectations = JsonDocument.Parse(File.ReadAllText(Path.Combine(pack, "expected-scikit-learn.json")));
        var expected = expectations.RootElement.GetProperty(model).GetProperty(split);

        var score = Score(pack, model, split);

        Assert.Equal(expected.GetProperty("images").GetInt32(), score.Images);
        Assert.Equal(expected.GetProperty("balancedError").GetDouble(), score.BalancedError!.Value, Tolerance);
        Assert.Equal(expected.GetProperty("accuracy").GetDouble(), score.Accuracy!.Value, Tolerance);
        Assert.Equal(Rows(expected.GetProperty("confusion")), score.Confusion);
        var sensitivities = expected.GetProperty("sensitivity").EnumerateArray().Select(s => s.GetDouble()).ToArray();
        Assert.Equal(sensitivities.Length, score.Classes.Count);
        Assert.All(sensitivities, (s, k) => Assert.Equal(s, score.Classes[k].Sensitivity!.Value, Tolerance));
    }

    private static SplitScore Score(string pack, string model, string split)
    {
        var benchmark = BenchmarkFolder.Read(pack).Benchmark;
        var problems = new ProblemList();
        using var labelText = File.OpenRead(Path.Combine(pack, "labels", split + ".csv"));
        var labels = LabelFile.Read(labelText, split, benchmark.ClassNames, problems);
        Assert.Empty(problems.Items);
        using var text = File.OpenRead(Path.Combine(pack, "predictions", model, split + ".csv"));
        var predictions = Sample.ReadGood(text, new PredictionTarget(split, labels!.Images, benchmark.ClassNames));
        return SplitEvaluator.Evaluate(labels, predictions, benchmark.Classes);
    }

    private static int[][] Rows(JsonElement matrix) =>
        [.. matrix.EnumerateArray().Select(row => row.EnumerateArray().Select(n => n.GetInt32()).ToArray())];
}
