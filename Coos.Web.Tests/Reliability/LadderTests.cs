using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>On a benchmark with a ladder, scores that improve by less than the step are not revealed anywhere.</summary>
[OneDatabase]
public sealed partial class LadderTests
{
    private const string Reason =
        "Improvement below the step: this benchmark publishes the scores of a submission only if they lower its "
        + "submitter's best error by more than 5 points.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_improvements_above_the_step_of_each_submitter_are_published()
    {
        await using var server = await StartAsync();
        await SendAsync(server, "First", "One lab", 10, 60, 60);
        var little = await SendAsync(server, "A little better", "One lab", 10, 50, 50);
        await SendAsync(server, "Better", "ONE LAB", 10, 30, 30);
        await SendAsync(server, "Of another", "Another lab", 10, 62, 62);
        var partial = await SendAsync(server, "Partial", "Another lab", 1);

        var board = await server.AwaitBoardAsync("wide");

        Assert.Equal(
            ["Better 0.1", "First 0.2", "Of another 0.206666666667", "A little better withheld", "Partial withheld"],
            board["rows"]!
                .AsArray()
                .Select(r =>
                    r!["score"] is { } score ? $"{r["method"]} {score}"
                    : (string?)r["withheld"] == "improvement below the step" ? $"{r["method"]} withheld"
                    : $"{r["method"]} ?"
                )
        );
        Assert.All(board["rows"]!.AsArray().Where(r => r!["withheld"] is not null), r => Assert.Empty(r!["splits"]!.AsObject()));
        foreach (var submission in new[] { little, partial })
        {
            Assert.Equal(("scored", Reason), ((string?)submission["status"], (string?)submission["withheld"]));
            Assert.Null(submission["evaluation"]);
        }
    }

    [Fact]
    public async Task No_page_or_API_call_reveals_a_withheld_score()
    {
        await using var server = await StartAsync();
        var first = (string)(await SendAsync(server, "First", "One lab", 30, 60, 60))["id"]!;
        var id = (string)(await SendAsync(server, "Withheld", "One lab", 31, 59, 59))["id"]!;
        await server.AwaitBoardAsync("wide");

        var document = await server.Client.GetJsonAsync($"/api/submissions/{id}");
        using var confusion = await server.Client.GetAsync($"/api/submissions/{id}/confusion/test2", Cancellation);
        using var confusionPage = await server.Client.GetAsync($"/submissions/{id}/confusion/test2", Cancellation);

        Assert.Null(document["evaluation"]);
        using var evaluations = await server.Client.GetAsync($"/api/submissions/{id}/evaluations", Cancellation);
        await ExpectedProblem.NotFound(Reason).AssertAsync(evaluations);
        using var comparison = await server.Client.GetAsync($"/api/compare?a={first}&b={id}", Cancellation);
        await new ExpectedProblem(
            HttpStatusCode.Conflict,
            "Scores withheld",
            $"The scores of b are withheld, and a comparison would reveal them. {Reason}"
        ).AssertAsync(comparison);
        await ExpectedProblem.NotFound(Reason).AssertAsync(confusion);
        Assert.Equal(HttpStatusCode.NotFound, confusionPage.StatusCode);
        foreach (
            var path in new[]
            {
                $"/submissions/{id}",
                "/benchmarks/wide",
                "/benchmarks/wide/generalisation",
                "/api/benchmarks/wide/leaderboard.csv",
                "/api/benchmarks/wide/leaderboard",
            }
        )
        {
            // A time such as 22:43:19.7 is not a score.
            var text = Time().Replace(await server.Client.GetStringAsync(path, Cancellation), "");
            Assert.DoesNotContain("19.7", text, StringComparison.Ordinal);
            Assert.DoesNotContain("0.1966", text, StringComparison.Ordinal);
            Assert.Contains("improvement below the step", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Organisers_see_withheld_scores()
    {
        await using var server = await StartAsync();
        await SendAsync(server, "First", "One lab", 10, 60, 60);
        var id = (string)(await SendAsync(server, "Withheld", "One lab", 10, 59, 59))["id"]!;
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);

        var whole = await organiser.GetJsonAsync($"/api/submissions/{id}");

        Assert.Equal(3, whole["evaluation"]!["splits"]!.AsArray().Count);
        Assert.Equal(Reason, (string?)(await server.Client.GetJsonAsync($"/api/submissions/{id}"))["withheld"]);
    }

    [Fact]
    public async Task Without_a_ladder_nothing_is_withheld()
    {
        await using var server = await StartAsync(ladder: null);
        await SendAsync(server, "First", "One lab", 10, 60, 60);
        var second = await SendAsync(server, "Worse", "One lab", 10, 90, 90);

        Assert.NotNull(second["evaluation"]);
        Assert.Equal("First 1 1-1; Worse 2 2-2", (await server.AwaitBoardAsync("wide")).FormatRanks());
    }

    [Fact]
    public async Task Deleted_submissions_stay_on_the_ladder()
    {
        await using var server = await StartAsync("--Coos:Access:Submissions=SignedIn");
        using var client = await (await TestAccount.RegisterAsync(server, "Eraser")).CreateClientAsync();
        var withheld = new List<bool>();
        foreach (var wrong in new[] { 60, 59, 58, 57 })
        {
            var sent = await client.SubmitScoredAsync(WideBenchmark.Submission($"{wrong}", "", [10, wrong, wrong]));
            withheld.Add(sent["withheld"] is not null);
            using var deleted = await client.DeleteAsync($"/api/submissions/{sent["id"]}", Cancellation);
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        Assert.Equal([false, true, true, true], withheld);
    }

    [Fact]
    public async Task Private_submissions_count_on_the_ladder()
    {
        await using var server = await StartAsync("--Coos:Access:Submissions=SignedIn");
        using var client = await (await TestAccount.RegisterAsync(server, "Cautious")).CreateClientAsync();

        var first = await client.SubmitScoredAsync(WideBenchmark.Submission("Private", "", [10, 60, 60]).Field("visibility", "private"));
        var second = await client.SubmitScoredAsync(WideBenchmark.Submission("Public", "", [10, 59, 59]));

        Assert.Equal((null, Reason), ((string?)first["withheld"], (string?)second["withheld"]));
    }

    [Fact]
    public async Task Founding_and_leaving_a_team_starts_no_new_ladder()
    {
        await using var server = await StartAsync("--Coos:Access:Submissions=SignedIn");
        var account = await TestAccount.RegisterAsync(server, "Founder");
        using var client = await account.CreateClientAsync();
        var first = await client.SubmitScoredAsync(WideBenchmark.Submission("Alone", "", [10, 60, 60]));
        (await account.Browser.SendAsync("/account", "found-team", ("teamName", "Pair"))).Dispose();
        var inTeam = await client.SubmitScoredAsync(WideBenchmark.Submission("In a team", "", [10, 59, 59]));
        (await account.Browser.SendAsync("/account", "leave-team")).Dispose();
        (await account.Browser.SendAsync("/account", "found-team", ("teamName", "Another"))).Dispose();
        var inAnother = await client.SubmitScoredAsync(WideBenchmark.Submission("In another team", "", [10, 58, 58]));

        var board = await server.AwaitBoardAsync("wide");

        Assert.Equal((true, false, false), (IsShown(first), IsShown(inTeam), IsShown(inAnother)));
        Assert.Equal(["Alone"], board["rows"]!.AsArray().Where(IsShown).Select(r => (string?)r!["method"]));

        static bool IsShown(JsonNode? entry) => entry!["withheld"] is null;
    }

    private static async Task<TestServer> StartAsync(string setting)
    {
        var server = new TestServer();
        WideBenchmark.WriteTo(server, 0.05);
        await server.StartAsync(settings: setting);
        return server;
    }

    private static async Task<TestServer> StartAsync(double? ladder = 0.05)
    {
        var server = new TestServer();
        WideBenchmark.WriteTo(server, ladder);
        await server.StartAsync();
        return server;
    }

    private static Task<JsonNode> SendAsync(TestServer server, string method, string submitter, params int[] wrong) =>
        server.Client.SubmitScoredAsync(WideBenchmark.Submission(method, submitter, wrong));

    [GeneratedRegex(@"\d{2}:\d{2}:\d{2}(\.\d+)?")]
    private static partial Regex Time();
}
