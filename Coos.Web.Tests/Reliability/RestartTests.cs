using System.Net;
using System.Text.Json.Nodes;
using Coos.Server.Submissions;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>A restart keeps all data.</summary>
public sealed class RestartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submissions_and_their_predictions_survive_a_restart()
    {
        const string Text = "image_id;label\r\na-5;0\r\na-4;2\r\na-3;1\r\na-2;1\r\na-1;1\r\na-0;0\r\n";
        await using var server = await TestServer.StartNewAsync();
        var submission = await server.Client.SubmitScoredAsync(UploadForm.Tiny(nameof(RestartTests)).File("test1", Packed.GZip(Text)));

        await server.RestartAsync();

        var read = await server.Client.GetJsonAsync($"/api/submissions/{submission["id"]}");
        Assert.True(JsonNode.DeepEquals(submission, read), read.ToJsonString());
        await using var database = await server.OpenDatabaseAsync();
        var file = await database
            .PredictionFiles.Include(f => f.Original)
            .SingleAsync(f => f.SubmissionId == (Guid)submission["id"]!, Cancellation);
        Assert.Equal([0, 1, 1, 1, 2, 0], file.Classes);
        using var original = new StreamReader(OriginalText.Open(file.Original.Content));
        Assert.Equal(Text, await original.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task Reported_results_keep_their_addresses()
    {
        await using var server = await TestServer.StartNewAsync();
        var before = await server.Client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard");

        await server.RestartAsync();

        var after = await server.Client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard");
        Assert.Equal(25, after["rows"]!.AsArray().Select(r => (string?)r!["id"]).Distinct().Count());
        Assert.True(JsonNode.DeepEquals(before, after), after.ToJsonString());
    }

    [Fact]
    public async Task A_removed_benchmark_leaves_the_site_and_its_submissions_stay()
    {
        await using var server = await TestServer.StartNewAsync();
        var submission = await server.Client.SubmitScoredAsync(UploadForm.Tiny(nameof(RestartTests)).Test1(0, 0, 1, 1, 2, 2));
        await server.StopAsync();
        Directory.Delete(server.Tiny, recursive: true);

        await server.StartAsync();

        using var page = await server.Client.GetAsync("/benchmarks/tiny", Cancellation);
        using var call = await server.Client.GetAsync("/api/benchmarks/tiny", Cancellation);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (page.StatusCode, call.StatusCode));
        await using var database = await server.OpenDatabaseAsync();
        Assert.True(await database.Submissions.AnyAsync(s => s.Id == (Guid)submission["id"]!, Cancellation));
    }

    [Fact]
    public async Task Labels_remain_when_their_file_is_deleted()
    {
        await using var server = await TestServer.StartNewAsync();
        await server.StopAsync();
        File.Delete(Path.Combine(server.Tiny, "labels", "test1.csv"));

        await server.StartAsync();

        var submission = await server.Client.SubmitScoredAsync(UploadForm.Tiny(nameof(RestartTests)).Test1(0, 0, 1, 1, 2, 2));
        Assert.Equal(0, (double)submission["evaluation"]!["splits"]![0]!["balancedError"]!);
    }
}
