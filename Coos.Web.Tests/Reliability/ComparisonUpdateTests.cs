using System.Net;
using System.Text.Json.Nodes;
using Coos.Server.Data;
using Coos.Shared.Submissions;
using Coos.Web.Tests.Api;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>Comparisons and calibration while labels, the evaluator or stored files change.</summary>
public sealed class ComparisonUpdateTests
{
    private const string OldLabels = "image_id,label\na-0,0\na-1,0\na-2,1\na-3,1\na-4,2\na-5,2\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failed_submission_cannot_be_compared()
    {
        await using var server = await TestServer.StartWithoutEvaluatorAsync(TimeProvider.System);
        var failed = await SubmissionRow.InsertAsync(server, row => row.Status = SubmissionStatus.Failed);
        var waiting = await SubmissionRow.InsertAsync(server);

        using var response = await server.Client.GetAsync($"/api/compare?a={failed}&b={waiting}", Cancellation);
        using var page = await server.Client.GetAsync($"/compare?a={waiting}&b={failed}", Cancellation);

        await new ExpectedProblem(
            HttpStatusCode.Conflict,
            "Not scored",
            "a could not be scored, so there is nothing to compare. "
        ).AssertAsync(response);
        Assert.Equal(HttpStatusCode.Conflict, page.StatusCode);
        Assert.Contains("a is not scored yet; try again in a moment.", await page.ReadTextAsync(), StringComparison.Ordinal);
    }

    /// <summary>After a label change and before rescoring, both submissions are compared with the new labels.</summary>
    [Fact]
    public async Task New_labels_apply_to_both_submissions_at_once()
    {
        await using var server = await TestServer.StartNewAsync();
        var (a, b) = await EntryPair.SubmitAsync(server.Client, nameof(ComparisonUpdateTests));
        var before = await Test1Async(server, a, b);
        await RelabelAsync(server, OldLabels.Replace("a-5,2", "a-5,0", StringComparison.Ordinal), "web");

        var after = await Test1Async(server, a, b);

        Assert.Equal("received", (string?)(await server.Client.GetJsonAsync($"/api/submissions/{a}"))["status"]);
        Assert.Equal(1 / 6.0, (double)before["balancedErrorA"]!, 1e-12);
        Assert.Equal(0, (double)after["balancedErrorA"]!, 1e-12);
        Assert.Equal((3, 4), ((int)before["paired"]!["images"]!["bothRight"]!, (int)after["paired"]!["images"]!["bothRight"]!));
        Assert.NotEqual((string?)before["paired"]!["labelsHash"], (string?)after["paired"]!["labelsHash"]);
    }

    [Fact]
    public async Task Labels_of_other_images_give_a_comparison_without_a_test()
    {
        await using var server = await TestServer.StartNewAsync();
        var (a, b) = await EntryPair.SubmitAsync(server.Client, nameof(ComparisonUpdateTests));
        await RelabelAsync(server, OldLabels.Replace("a-5", "z-5", StringComparison.Ordinal), "web,evaluator");
        var late = await server.Client.SubmitScoredAsync(
            UploadForm
                .Tiny("Late")
                .File("test1", TinyBenchmark.Predictions("test1", 0, 0, 1, 1, 2, 2).Replace("a-5", "z-5", StringComparison.Ordinal))
        );

        var old = await Test1Async(server, a, b);
        var mixed = await Test1Async(server, a, (Guid)late["id"]!);

        Assert.Equal("no test: the images of the split changed since A and B were submitted", (string?)old["note"]);
        Assert.Equal(-1 / 3.0, (double)old["difference"]!, 1e-12);
        Assert.Equal("not comparable: the images of the split changed since A or B was submitted", (string?)mixed["note"]);
        Assert.Null(mixed["difference"]);
        Assert.Null(mixed["paired"]);
    }

    [Fact]
    public async Task Calibration_is_recomputed_with_new_labels()
    {
        await using var server = await TestServer.StartNewAsync();
        var first = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Anew").File("test1", CalibrationApiTests.WithProbabilities));
        var id = (Guid)first["id"]!;
        await RelabelAsync(server, OldLabels.Replace("a-5,2", "a-5,0", StringComparison.Ordinal), "web,evaluator");
        await SubmissionRow.AwaitAsync(server, id, s => s.Status == SubmissionStatus.Scored && s.Evaluations.Count == 2);

        var second = await server.Client.GetJsonAsync($"/api/submissions/{id}");

        Assert.Equal((0.14 + 0.62 + 0.06 + 0.015 + 0.26 + 2) / 6, Brier(first), 1e-12);
        Assert.Equal((0.14 + 0.62 + 0.06 + 0.015 + 0.26) / 6, Brier(second), 1e-12);
    }

    /// <summary>A stored file that becomes corrupt does not remove the scores of its submission.</summary>
    [Fact]
    public async Task A_corrupt_stored_file_keeps_the_old_scores()
    {
        await using var server = await TestServer.StartNewAsync();
        var first = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Rotten").File("test1", CalibrationApiTests.WithProbabilities));
        var id = (Guid)first["id"]!;
        await using (var database = await server.OpenDatabaseAsync())
        {
            byte[] rotten = [1, 2, 3];
            await database.Set<OriginalUpload>().ExecuteUpdateAsync(set => set.SetProperty(o => o.Content, rotten), Cancellation);
            await database.Submissions.ExecuteUpdateAsync(set => set.SetProperty(s => s.Status, SubmissionStatus.Received), Cancellation);
        }

        await SubmissionRow.AwaitAsync(server, id, s => s.Status == SubmissionStatus.Scored);

        var after = await server.Client.GetJsonAsync($"/api/submissions/{id}");
        Assert.True(JsonNode.DeepEquals(first["evaluation"], after["evaluation"]));
    }

    private static double Brier(JsonNode submission) => (double)submission["evaluation"]!["splits"]![0]!["calibration"]!["brier"]!;

    private static async Task<JsonNode> Test1Async(TestServer server, Guid a, Guid b) =>
        (await server.Client.GetJsonAsync($"/api/compare?a={a}&b={b}"))["splits"]![0]!;

    private static async Task RelabelAsync(TestServer server, string labels, string roles)
    {
        await server.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(server.Tiny, "labels", "test1.csv"), labels, Cancellation);
        await server.StartAsync(roles);
    }
}
