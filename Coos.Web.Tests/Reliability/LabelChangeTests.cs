using System.Text.Json.Nodes;
using Coos.Evaluator;
using Coos.Shared.Submissions;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>Scores after labels or the evaluator change between two starts.</summary>
public sealed class LabelChangeTests
{
    private const string OldLabels = "image_id,label\na-0,0\na-1,0\na-2,1\na-3,1\na-4,2\na-5,2\n";
    private const string NewLabels = "image_id,label\na-0,0\na-1,0\na-2,1\na-3,1\na-4,2\na-5,0\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_labels_rescore_a_submission_and_show_its_old_scores_meanwhile()
    {
        await using var server = await TestServer.StartNewAsync();
        var first = await SubmitAsync(server);
        Assert.Equal(1 / 6.0, Error(first), 1e-12);

        await server.StopAsync();
        await WriteLabelsAsync(server, NewLabels);
        await server.StartAsync("web");

        var meanwhile = await ReadAsync(server, first);
        Assert.Equal("received", (string?)meanwhile["status"]);
        Assert.Single((await server.Client.GetJsonAsync($"/api/submissions/{first["id"]}/evaluations")).AsArray());
        Assert.True(JsonNode.DeepEquals(first["evaluation"], meanwhile["evaluation"]));
        Assert.Single((await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard"))["rows"]!.AsArray());
        var page = await server.Client.GetStringAsync($"/submissions/{first["id"]}", Cancellation);
        Assert.Contains("This submission is being rescored. Until then, its previous scores are shown.", page, StringComparison.Ordinal);

        await server.RestartAsync();

        var row = await SubmissionRow.AwaitAsync(server, (Guid)first["id"]!, s => s.Status == SubmissionStatus.Scored);
        var second = await ReadAsync(server, first);
        Assert.Equal(0, Error(second), 1e-12);
        Assert.NotEqual((string?)first["evaluation"]!["labelsHash"], (string?)second["evaluation"]!["labelsHash"]);
        Assert.Equal(2, row.Evaluations.Count);

        // The old evaluation is kept and returned.
        var evaluations = (await server.Client.GetJsonAsync($"/api/submissions/{first["id"]}/evaluations")).AsArray();
        var after = await server.Client.GetStringAsync($"/submissions/{first["id"]}", Cancellation);
        Assert.Equal([true, false], evaluations.Select(e => (bool)e!["isCurrent"]!));
        Assert.True(JsonNode.DeepEquals(second["evaluation"], evaluations[0]!["evaluation"]));
        Assert.True(JsonNode.DeepEquals(first["evaluation"], evaluations[1]!["evaluation"]));
        Assert.Contains("Earlier evaluations", after, StringComparison.Ordinal);
        Assert.Contains((string)first["evaluation"]!["labelsHash"]!, after, StringComparison.Ordinal);
        Assert.DoesNotContain("Earlier evaluations", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restoring_old_labels_restores_their_evaluation()
    {
        await using var server = await TestServer.StartNewAsync();
        var first = await SubmitAsync(server);
        var id = (Guid)first["id"]!;
        var evaluation = (await SubmissionRow.FindAsync(server, id)).CurrentEvaluationId;
        await RestartWithAsync(server, NewLabels);
        await SubmissionRow.AwaitAsync(server, id, s => s.CurrentEvaluationId != evaluation);

        await RestartWithAsync(server, OldLabels);

        var row = await SubmissionRow.AwaitAsync(server, id, s => s.Status == SubmissionStatus.Scored);
        Assert.Equal(evaluation, row.CurrentEvaluationId);
        Assert.Equal(2, row.Evaluations.Count);
    }

    [Theory]
    [InlineData("a-6,2\n")]
    [InlineData(null)]
    public async Task Labels_of_other_images_keep_the_scores_of_old_predictions(string? more)
    {
        await using var server = await TestServer.StartNewAsync();
        var first = await ReadAsync(server, await SubmitAsync(server));

        await RestartWithAsync(server, more is null ? OldLabels.Replace("a-5", "z-5", StringComparison.Ordinal) : OldLabels + more);

        Assert.True(JsonNode.DeepEquals(first, await ReadAsync(server, first)));
    }

    [Fact]
    public async Task A_new_evaluator_version_rescores_submissions()
    {
        await using var server = await TestServer.StartNewAsync();
        var first = await SubmitAsync(server);
        var id = (Guid)first["id"]!;
        var old = (await SubmissionRow.FindAsync(server, id)).CurrentEvaluationId;
        await using (var database = await server.OpenDatabaseAsync())
        {
            await database.Evaluations.ExecuteUpdateAsync(set => set.SetProperty(e => e.EvaluatorVersion, "0"), Cancellation);
        }

        await server.RestartAsync();

        var row = await SubmissionRow.AwaitAsync(server, id, s => s.CurrentEvaluationId != old);
        Assert.Equal(["0", SplitEvaluator.Version], row.Evaluations.Select(e => e.EvaluatorVersion).Order());
    }

    [Fact]
    public async Task A_start_with_the_same_labels_rescores_nothing()
    {
        await using var server = await TestServer.StartNewAsync();
        var first = await SubmitAsync(server);
        var before = await SubmissionRow.FindAsync(server, (Guid)first["id"]!);

        await server.StopAsync();
        await server.StartAsync("web");

        var after = await SubmissionRow.FindAsync(server, (Guid)first["id"]!);
        Assert.Equal((SubmissionStatus.Scored, before.Attempts, before.ScoredAt), (after.Status, after.Attempts, after.ScoredAt));
    }

    private static Task<JsonNode> SubmitAsync(TestServer server) =>
        server.Client.SubmitScoredAsync(UploadForm.Tiny(nameof(LabelChangeTests)).Test1(0, 0, 1, 1, 2, 0));

    private static Task<JsonNode> ReadAsync(TestServer server, JsonNode submission) =>
        server.Client.GetJsonAsync($"/api/submissions/{submission["id"]}");

    private static double Error(JsonNode submission) => (double)submission["evaluation"]!["splits"]![0]!["balancedError"]!;

    private static Task WriteLabelsAsync(TestServer server, string labels) =>
        File.WriteAllTextAsync(Path.Combine(server.Tiny, "labels", "test1.csv"), labels, Cancellation);

    private static async Task RestartWithAsync(TestServer server, string labels)
    {
        await server.StopAsync();
        await WriteLabelsAsync(server, labels);
        await server.StartAsync();
    }
}
