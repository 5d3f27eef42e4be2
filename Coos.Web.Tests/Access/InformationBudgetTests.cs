using System.Net;
using System.Text.Json.Nodes;
using Coos.Server.Data;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>
/// On a guarded benchmark each answer about the labels is counted. Above the limit, submissions are accepted, and their scores
/// appear when the benchmark is closed.
/// </summary>
public sealed class InformationBudgetTests
{
    private const string Unsealed = "\"sealed\": { \"share\": 0 }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_mean_alone_is_shown_unless_the_manifest_names_splits()
    {
        await using var server = await StartAsync("");
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();

        var sent = await owner.SubmitScoredAsync(WideBenchmark.Submission("First", "", 10, 60, 61));
        var row = (await server.AwaitBoardAsync("wide"))["rows"]![0]!;

        Assert.Equal(0.202, (double)sent["evaluation"]!["mean"]!["balancedError"]!, 12);
        Assert.Empty(sent["evaluation"]!["splits"]!.AsArray());
        Assert.Equal(0.202, (double)row["score"]!, 12);
        Assert.NotNull(row["scoreInterval"]);
        Assert.Empty(row["splits"]!.AsObject());
        Assert.Contains("20.2", await owner.GetStringAsync($"/submissions/{sent["id"]}", Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/benchmarks/wide")]
    [InlineData("/benchmarks/wide?columns=all")]
    [InlineData("/benchmarks/wide/generalisation")]
    [InlineData("/benchmarks/wide/methods")]
    [InlineData("/api/benchmarks/wide/methods")]
    [InlineData("/benchmarks/wide/submit")]
    [InlineData("/benchmarks/wide/feed.atom")]
    [InlineData("/benchmarks/wide/preview.png")]
    [InlineData("/api/benchmarks/wide/leaderboard.csv")]
    [InlineData("/api/benchmarks/wide/leaderboard.tex")]
    [InlineData("/api/benchmarks/wide/leaderboard.bib")]
    [InlineData("/submissions/{id}")]
    [InlineData("/submissions/{id}/badge.svg")]
    [InlineData("/submissions/{id}/preview.png")]
    [InlineData("/api/submissions/{id}/evaluations")]
    public async Task Pages_and_exports_work_without_the_scores_of_splits(string address)
    {
        await using var server = await StartAsync("");
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        using var another = await (await TestAccount.RegisterAsync(server, "Another")).CreateClientAsync();
        var sent = await owner.SubmitScoredAsync(WideBenchmark.Submission("First", "", 10, 60, 61));
        await another.SubmitScoredAsync(WideBenchmark.Submission("Second", "", 10, 40, 41));
        await server.AwaitBoardAsync("wide");

        using var response = await owner.GetAsync(address.Replace("{id}", $"{sent["id"]}", StringComparison.Ordinal), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_splits_of_the_manifest_are_shown_rounded()
    {
        await using var server = await StartAsync(", \"disclosureSplits\": [\"test2\"]");
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();

        var sent = await owner.SubmitScoredAsync(WideBenchmark.Submission("First", "", 10, 61, 60));

        Assert.Equal("""["test2"]""", (await owner.GetJsonAsync("/api/benchmarks/wide"))["disclosureSplits"]!.ToJsonString());
        var split = Assert.Single(sent["evaluation"]!["splits"]!.AsArray())!;
        Assert.Equal(("test2", 0.203), ((string?)split["split"], (double)split["balancedError"]!));
    }

    [Fact]
    public async Task Each_answer_is_counted_and_no_improvement_costs_a_bit()
    {
        await using var server = await StartAsync("");
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();

        var first = await owner.SubmitScoredAsync(WideBenchmark.Submission("First", "", 10, 60, 60));
        var worse = await owner.SubmitScoredAsync(WideBenchmark.Submission("Worse", "", 10, 61, 61));
        var anonymous = await server.Client.GetJsonAsync($"/api/submissions/{first["id"]}");

        // The error and the distances to both limits, each 0..1000 steps.
        Assert.Equal(Math.Round(3 * Math.Log2(1001), 1), ReadBits(first));
        Assert.Equal(ReadBits(first) + 1, ReadBits(worse), 1);
        Assert.StartsWith("Improvement below the step", (string?)worse["withheld"], StringComparison.Ordinal);
        Assert.True((double)first["disclosure"]!["budget"]!["maximumGain"]! > 0);
        Assert.Null(anonymous["disclosure"]!["budget"]);
    }

    [Fact]
    public async Task Above_the_limit_scores_appear_when_the_benchmark_is_closed()
    {
        // 0.6 points of 600 images are worth about 11 bits: one rounded mean, and no interval.
        await using var server = await StartAsync(", \"maximumGain\": 0.006");
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);

        var first = await owner.SubmitScoredAsync(WideBenchmark.Submission("First", "", 10, 60, 60));
        var better = await owner.SubmitScoredAsync(WideBenchmark.Submission("Better", "", 10, 30, 30));
        var worse = await owner.SubmitScoredAsync(WideBenchmark.Submission("Worse", "", 10, 90, 90));
        using var closed = await organiser.PostAsync("/api/benchmarks/wide/close", null, Cancellation);
        var after = await owner.GetJsonAsync($"/api/submissions/{better["id"]}");

        Assert.Equal(0.2, (double)first["evaluation"]!["mean"]!["balancedError"]!, 12);
        Assert.Null(first["evaluation"]!["mean"]!["balancedErrorInterval"]);
        const string Reason =
            "Another score could tell its submitter more about the labels than this benchmark allows. "
            + "It appears when the benchmark is closed.";
        Assert.Equal([Reason, Reason], new[] { better, worse }.Select(s => (string?)s["withheld"]));
        Assert.Equal(ReadBits(first), ReadBits(worse));
        Assert.Equal(3, after["evaluation"]!["splits"]!.AsArray().Count);
    }

    [Fact]
    public async Task Deleting_submissions_and_changing_teams_does_not_restore_the_budget()
    {
        await using var server = await StartAsync("");
        var account = await TestAccount.RegisterAsync(server, "Founder");
        using var client = await account.CreateClientAsync();
        var first = await client.SubmitScoredAsync(WideBenchmark.Submission("Alone", "", 10, 60, 60));
        (await client.DeleteAsync($"/api/submissions/{first["id"]}", Cancellation)).Dispose();
        (await account.Browser.SendAsync("/account", "found-team", ("teamName", "Pair"))).Dispose();

        var second = await client.SubmitScoredAsync(WideBenchmark.Submission("In a team", "", 10, 61, 61));

        Assert.Equal(ReadBits(first) + 1, ReadBits(second), 1);
        Assert.NotNull(second["withheld"]);
    }

    [Fact]
    public async Task A_detailed_report_is_charged_once_and_shows_whole_percents()
    {
        await using var server = await StartAsync("");
        var account = await TestAccount.RegisterAsync(server, "Owner");
        using var owner = await account.CreateClientAsync();
        using var another = await (await TestAccount.RegisterAsync(server, "Another")).CreateClientAsync();
        var sent = await owner.SubmitScoredAsync(WideBenchmark.Submission("First", "", 10, 61, 60));
        var address = $"/api/submissions/{sent["id"]}/details";

        var before = await owner.GetJsonAsync(address);
        var report = await PostAsync(owner, address + "?split=test2");
        var again = await PostAsync(owner, address + "?split=test2");
        using var refused = await another.PostAsync(address, null, Cancellation);
        using var unknown = await owner.PostAsync(address + "?split=test9", null, Cancellation);
        (await account.Browser.SendAsync($"/submissions/{sent["id"]}", "details", ("split", "test3"))).Dispose();
        var page = await account.Browser.ReadAsync($"/submissions/{sent["id"]}");

        Assert.Empty(before["splits"]!.AsArray());
        var split = Assert.Single(report["splits"]!.AsArray())!;

        // 31 of 150 images of class 0 are wrong, and 30 of class 1.
        Assert.Equal("[[79,21],[20,80]]", split["confusionPercent"]!.ToJsonString());
        Assert.Equal("[0.79,0.8]", split["sensitivities"]!.ToJsonString());

        // Two rows of 101 possible divisions of 100 percents.
        Assert.Equal((Math.Round(2 * Math.Log2(101), 1), 0.0), ((double)report["bits"]!, (double)again["bits"]!));
        Assert.Equal(ReadBits(sent) + (2 * Math.Log2(101)), (double)again["budget"]!["bits"]!, 1);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.BadRequest), (refused.StatusCode, unknown.StatusCode));
        Assert.Contains("Detailed report shown below.", page, StringComparison.Ordinal);
        Assert.Contains("Details of Test3, scrolls sideways", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_may_only_read_reads_a_report_but_does_not_ask_for_one()
    {
        await using var server = await StartAsync("");
        var account = await TestAccount.RegisterAsync(server, "Owner");
        using var owner = await account.CreateClientAsync();
        using var reader = await account.CreateClientAsync(TokenScopes.Read);
        var sent = await owner.SubmitScoredAsync(WideBenchmark.Submission("First", "", 10, 61, 60));
        var address = $"/api/submissions/{sent["id"]}/details";

        using var refused = await reader.PostAsync(address, null, Cancellation);
        var before = await reader.GetJsonAsync(address);
        await PostAsync(owner, address + "?split=test2");
        var after = await reader.GetJsonAsync(address);

        await new ExpectedProblem(
            HttpStatusCode.Forbidden,
            "Missing token scope",
            "The token does not have the scope submit; create one that has it at /account."
        ).AssertAsync(refused);
        Assert.Empty(before["splits"]!.AsArray());
        Assert.Equal(ReadBits(sent), (double)before["budget"]!["bits"]!);
        Assert.Equal("test2", (string?)Assert.Single(after["splits"]!.AsArray())!["split"]);
    }

    /// <summary>The limit can fall below what a participant was told: the organiser lowers it, or new labels are answered again.</summary>
    [Fact]
    public async Task A_report_that_was_given_is_given_again_above_the_limit()
    {
        await using var server = await StartAsync(", \"maximumGain\": 0.05");
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        var sent = await owner.SubmitScoredAsync(WideBenchmark.Submission("First", "", 10, 61, 60));
        var address = $"/api/submissions/{sent["id"]}/details?split=test2";
        var first = await PostAsync(owner, address);
        await using (var database = await server.OpenDatabaseAsync())
        {
            await database.Answers.ExecuteUpdateAsync(set => set.SetProperty(a => a.Bits, 1000), Cancellation);
        }

        var again = await PostAsync(owner, address);
        using var another = await owner.PostAsync(address.Replace("test2", "test3", StringComparison.Ordinal), null, Cancellation);

        Assert.Equal(HttpStatusCode.Conflict, another.StatusCode);
        Assert.Equal((first["splits"]!.ToJsonString(), 0.0), (again["splits"]!.ToJsonString(), (double)again["bits"]!));
    }

    [Fact]
    public async Task A_report_above_the_limit_is_refused_and_not_charged()
    {
        await using var server = await StartAsync(", \"maximumGain\": 0.012");
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        var sent = await owner.SubmitScoredAsync(WideBenchmark.Submission("First", "", 10, 60, 60));
        var address = $"/api/submissions/{sent["id"]}/details";

        using var refused = await owner.PostAsync(address, null, Cancellation);
        var after = await owner.GetJsonAsync(address);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.StartsWith(
            "Nothing was charged.",
            (string?)JsonNode.Parse(await refused.ReadTextAsync())!["detail"],
            StringComparison.Ordinal
        );
        Assert.Equal(ReadBits(sent), (double)after["budget"]!["bits"]!);
    }

    [Fact]
    public async Task Organisers_see_what_each_participant_and_all_were_told()
    {
        await using var server = await StartAsync("");
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        using var another = await (await TestAccount.RegisterAsync(server, "Another")).CreateClientAsync();
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        await owner.SubmitScoredAsync(WideBenchmark.Submission("First", "", 10, 60, 60));
        await owner.SubmitScoredAsync(WideBenchmark.Submission("Worse", "", 10, 61, 61));
        await another.SubmitScoredAsync(WideBenchmark.Submission("Second", "", 10, 70, 70));

        var page = await organiser.Browser.ReadAsync("/organise/benchmarks");

        // 29.9 bits for a first answer, 1 for no improvement.
        Assert.Contains("All answers together have 61 bits.", page, StringComparison.Ordinal);
        Assert.Matches(@"<th scope=""row"">Owner</th>\s*<td class=""num"">2</td>\s*<td class=""num"">1</td>", page);
        Assert.Matches(@"<th scope=""row"">Another</th>\s*<td class=""num"">1</td>\s*<td class=""num"">1</td>", page);
    }

    [Fact]
    public async Task Organisers_are_warned_if_the_limit_allows_no_score()
    {
        await using var server = await StartAsync(", \"maximumGain\": 0.001");
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);

        var sent = await owner.SubmitScoredAsync(WideBenchmark.Submission("First", "", 10, 60, 60));
        var page = await organiser.Browser.ReadAsync("/organise/benchmarks");

        Assert.NotNull(sent["withheld"]);
        Assert.Equal(0, ReadBits(sent));
        Assert.Contains("The limit of 0.10 points does not allow a single score", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concurrent_submissions_are_not_answered_as_if_each_were_the_first()
    {
        await using var server = await StartAsync("");
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();

        var sent = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => owner.SubmitScoredAsync(WideBenchmark.Submission($"{i}", "", 10, 60, 60 + i)))
        );

        await using var database = await server.OpenDatabaseAsync();
        var answers = await database.Answers.OrderBy(a => a.CreatedAt).ThenBy(a => a.Id).ToListAsync(Cancellation);
        Assert.Equal(6, answers.Count);
        var rungs = answers.Where(a => a.Error is not null).Select(a => a.Error!.Value).ToList();
        Assert.Equal(rungs.Order().Reverse().Distinct(), rungs);
        Assert.All(answers.Skip(1), a => Assert.True(a.Bits >= 1));
    }

    [Fact]
    public async Task New_labels_are_answered_again_for_scores_that_were_shown()
    {
        await using var server = await StartAsync("");
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        var shown = await owner.SubmitScoredAsync(WideBenchmark.Submission("First", "", 10, 60, 60));
        await owner.SubmitScoredAsync(WideBenchmark.Submission("Worse", "", 10, 61, 61));

        WideBenchmark.WriteLabels(server, "test2", flipped: 3);
        var id = (Guid)shown["id"]!;
        await SubmissionRow.AwaitAsync(server, id, s => s.Evaluations.Count == 2 && s.PendingEvaluationId is null);
        var after = await owner.GetJsonAsync($"/api/submissions/{id}");

        Assert.True(ReadBits(after) > ReadBits(shown) + 1);
        Assert.Equal(0.195, (double)after["evaluation"]!["mean"]!["balancedError"]!, 12);
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(
            [(0, 2), (1, 2)],
            (await database.Answers.ToListAsync(Cancellation)).GroupBy(a => a.Outcome).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))
        );
    }

    [Fact]
    public async Task Scores_from_before_a_benchmark_was_guarded_get_an_answer_at_the_next_start()
    {
        await using var server = await StartAsync("");
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        var first = await owner.SubmitScoredAsync(WideBenchmark.Submission("First", "", 10, 60, 60));
        await owner.SubmitScoredAsync(WideBenchmark.Submission("Worse", "", 10, 61, 61));
        await using (var database = await server.OpenDatabaseAsync())
        {
            await database.Answers.ExecuteDeleteAsync(Cancellation);
        }

        await server.RestartAsync();

        var board = await server.AwaitBoardAsync("wide");
        Assert.Equal(["First", "Worse"], board["rows"]!.AsArray().Select(r => (string?)r!["method"]));
        Assert.Equal([null, "improvement below the step"], board["rows"]!.AsArray().Select(r => (string?)r!["withheld"]));
        Assert.Equal((string?)first["id"], (string?)board["rows"]![0]!["id"]);
    }

    private static double ReadBits(JsonNode submission) => (double)submission["disclosure"]!["budget"]!["bits"]!;

    private static async Task<JsonNode> PostAsync(HttpClient client, string address)
    {
        using var response = await client.PostAsync(address, null, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.ReadTextAsync())!;
    }

    private static async Task<TestServer> StartAsync(string properties)
    {
        var server = new TestServer();
        WideBenchmark.WriteTo(server);
        var manifest = Path.Combine(Path.GetDirectoryName(server.Tiny)!, WideBenchmark.Slug, "benchmark.json");
        var text = await File.ReadAllTextAsync(manifest, Cancellation);
        var limit = properties.Contains("maximumGain", StringComparison.Ordinal) ? "" : ", \"maximumGain\": 1";
        await File.WriteAllTextAsync(
            manifest,
            text.Replace(
                "\"disclosure\": \"open\"",
                $"\"disclosure\": \"guarded\", {Unsealed}{limit}{properties}",
                StringComparison.Ordinal
            ),
            Cancellation
        );
        await server.StartAsync(settings: ["--Coos:Access:Submissions=SignedIn", "--Coos:Access:Participation=Open"]);
        return server;
    }
}
