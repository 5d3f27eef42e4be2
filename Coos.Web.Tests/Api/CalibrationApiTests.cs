using System.Text;
using System.Text.Json;
using Coos.Evaluator;
using Coos.Server.Benchmarks;
using Coos.Shared;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;
using Coos.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Calibration of submissions with probabilities.</summary>
[Collection(ServerCollection.Name)]
public sealed class CalibrationApiTests(CoosFixture server)
{
    /// <summary>Rows out of order, with probabilities of 0 and 1: a-5 is certain and wrong.</summary>
    internal const string WithProbabilities =
        "image_id,p0,p1,p2\na-5,1,0,0\na-0,0.7,0.2,0.1\na-1,0.4,0.5,0.1\na-2,0.1,0.8,0.1\na-3,0.05,0.9,0.05\na-4,0.3,0.1,0.6\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>By hand, with ln 1e-15 for the image that is certain and wrong; six images give six bins.</summary>
    [Fact]
    public async Task Probabilities_give_calibration_scores()
    {
        var submission = await server.Client.SubmitScoredAsync(Form(nameof(Probabilities_give_calibration_scores)));

        var calibration = submission["evaluation"]!["splits"]![0]!["calibration"]!;

        double[] logs = [Math.Log(0.7) + Math.Log(0.4), Math.Log(0.8) + Math.Log(0.9), Math.Log(0.6) + Math.Log(1e-15)];
        Assert.Equal(-logs.Sum() / 6, (double)calibration["balancedLogLoss"]!, 1e-12);
        Assert.Equal((0.14 + 0.62 + 0.06 + 0.015 + 0.26 + 2) / 6, (double)calibration["brier"]!, 1e-12);
        Assert.Equal((0.3 + 0.5 + 0.2 + 0.1 + 0.4 + 1) / 6, (double)calibration["expectedCalibrationError"]!, 1e-12);
        Assert.Equal([0.5, 0.6, 0.7, 0.8, 0.9, 1], calibration["bins"]!.AsArray().Select(b => (double)b!["confidence"]!));
        Assert.Equal([0.0, 1, 1, 1, 1, 0], calibration["bins"]!.AsArray().Select(b => (double)b!["accuracy"]!));
        Assert.All(calibration["bins"]!.AsArray(), bin => Assert.Equal(1, (int)bin!["images"]!));
    }

    [Fact]
    public async Task Without_probabilities_there_is_no_calibration()
    {
        var submission = await server.Client.SubmitScoredAsync(
            UploadForm.Tiny(nameof(Without_probabilities_there_is_no_calibration)).Test1(0, 0, 1, 1, 2, 1)
        );

        Assert.False(submission["evaluation"]!["splits"]![0]!.AsObject().ContainsKey("calibration"));
    }

    /// <summary><c>coos score --json</c> prints the same bytes (ScoreTests in Coos.Cli.Tests).</summary>
    [Fact]
    public async Task The_server_sends_the_same_bytes_as_the_offline_evaluator()
    {
        var submission = await server.Client.SubmitScoredAsync(Form(nameof(The_server_sends_the_same_bytes_as_the_offline_evaluator)));
        var sent = await server.Client.GetStringAsync((string)submission["links"]!["self"]!, Cancellation);

        Assert.True(server.Services.GetRequiredService<BenchmarkCatalog>().TryGet(TinyBenchmark.Slug, out var folder));
        var benchmark = folder.Benchmark;
        var problems = new ProblemList();
        await using var file = File.OpenRead(folder.LabelPath("test1"));
        var labels = LabelFile.Read(file, "test1.csv", benchmark.ClassNames, problems)!;
        var predictions = PredictionReader.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(WithProbabilities)),
            new PredictionTarget("test1", labels.Images, benchmark.ClassNames),
            problems
        )!;
        var offline = JsonSerializer.Serialize(
            SplitEvaluator.Combine([SplitEvaluator.Evaluate(labels, predictions, benchmark.Classes, benchmark.Cluster)]),
            CoosJson.Options
        );

        Assert.Contains("\"calibration\"", offline, StringComparison.Ordinal);
        Assert.EndsWith($"\"evaluation\":{offline}}}", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submission_page_has_a_reliability_diagram_and_its_table()
    {
        var submission = await server.Client.SubmitScoredAsync(Form(nameof(A_submission_page_has_a_reliability_diagram_and_its_table)));

        var page = await server.Client.GetStringAsync((string)submission["links"]!["page"]!, Cancellation);

        Assert.Contains("Test1: accuracy by confidence, %: 0.0 at 50.0; 100.0 at 60.0;", page, StringComparison.Ordinal);
        Assert.Contains("Bins as a table", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    private static UploadForm Form(string submitter) => UploadForm.Tiny(submitter).File("test1", WithProbabilities);
}
