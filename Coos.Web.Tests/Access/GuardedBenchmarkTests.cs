using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>
/// A guarded benchmark shows rounded errors and nothing else that depends on the labels. Two servers whose labels give the same
/// rounded error, but different matrices and sensitivities, give the same responses to everyone but organisers.
/// </summary>
[OneDatabase]
public sealed partial class GuardedBenchmarkTests
{
    private const string Labels = "image_id,label\na-0,0\na-1,0\na-2,1\na-3,1\na-4,2\na-5,2\n";

    // With the predictions 0 0 1 1 2 2, classes 0 and 1 are mixed up here ...
    private const string LabelsA =
        "image_id,label,plate,well\na-0,0,P1,A01\na-1,1,P1,A01\na-2,0,P1,A02\na-3,1,P1,A03\na-4,2,P1,B01\na-5,2,P1,B02\n";

    // ... and classes 1 and 2 here, so the balanced errors are equal and the matrices differ.
    private const string LabelsB =
        "image_id,label,plate,well\na-0,0,P9,H12\na-1,0,P9,H11\na-2,1,P8,G01\na-3,2,P8,G01\na-4,1,P8,G02\na-5,2,P8,G03\n";

    internal static readonly string[] Addresses =
    [
        "/benchmarks/tiny",
        "/benchmarks/tiny/generalisation",
        "/benchmarks/tiny/data",
        "/api/benchmarks/tiny/resolution",
        "/benchmarks/tiny/mix",
        "/benchmarks/tiny/mix?weights=1:1&splits=test1",
        "/api/benchmarks/tiny/leaderboard?weights=1:1&splits=test1",
        "/api/benchmarks/tiny/leaderboard?splits=test1",
        "/api/benchmarks/tiny/leaderboard?costs=0%3E1:5",
        "/benchmarks/tiny/methods",
        "/api/benchmarks/tiny/methods",
        "/api/benchmarks/tiny/methods.csv",
        "/benchmarks/tiny/consistency",
        "/benchmarks/tiny/consistency?split=test1",
        "/api/benchmarks/tiny/consistency",
        "/api/benchmarks/tiny/forecasts",
        "/benchmarks/tiny/plates/test1",
        "/api/benchmarks/tiny/wells/test1",
        "/api/benchmarks/tiny/wells/test1.csv",
        "/api/benchmarks/tiny/wells/test1.svg",
        "/api/benchmarks/tiny/wells/test1.png",
        "/api/benchmarks/tiny/leaderboard",
        "/api/benchmarks/tiny/leaderboard.csv",
        "/api/benchmarks/tiny/leaderboard.json",
        "/api/benchmarks/tiny/leaderboard.tex",
        "/benchmarks/tiny/feed.atom",
        "/submissions/{id}",
        "/submissions/{id}/badge.svg",
        "/submissions/{id}/classes",
        "/submissions/{id}/classes/0?split=test1",
        "/submissions/{id}/confusion/test1",
        "/submissions/{id}/confusion/test1?from=test2",
        "/submissions/{id}/confusion/test1?against={other}",
        "/submissions/{id}/plates/test1",
        "/submissions/{id}/plates/test9",
        "/submissions/{id}/dials",
        "/submissions/{id}/dials?with={other}",
        "/api/submissions/{id}/dials",
        "/api/submissions/{id}/dials?with={other}",
        "/api/submissions/{id}/dials.csv",
        "/compare?a={id}&b={other}",
        "/api/submissions/{id}/wells/test1",
        "/api/submissions/{id}/wells/test1?true=1",
        "/api/submissions/{id}/wells/test1.csv",
        "/api/submissions/{id}/wells/test1.svg",
        "/api/submissions/{id}/wells/test1.png",
        "/api/submissions/{id}",
        "/api/submissions/{id}/evaluations",
        "/api/submissions/{id}/confusion/test1",
        "/api/submissions/{id}/confusion/test1.csv",
        "/api/submissions/{id}/confusion/test1?against={other}",
        "/api/compare?a={id}&b={other}",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Labels_with_the_same_rounded_error_give_the_same_responses()
    {
        var one = await CollectResponsesAsync(LabelsA);
        var other = await CollectResponsesAsync(LabelsB);

        Assert.Empty(one.Where(r => r.Value != other[r.Key]).Select(r => $"{r.Key} depends on the labels"));
    }

    [Fact]
    public async Task Organisers_see_scores_in_full_and_others_see_rounded_errors()
    {
        await using var server = await StartAsync(Labels, step: "0.05");
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);

        var sent = await owner.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 1, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2));
        var full = await organiser.GetJsonAsync($"/api/submissions/{sent["id"]}");
        var board = await owner.GetJsonAsync("/api/benchmarks/tiny/leaderboard");

        var (shown, complete) = (sent["evaluation"]!["splits"]![0]!, full["evaluation"]!["splits"]![0]!);
        Assert.Equal(1 / 6.0, (double)complete["balancedError"]!, 12);
        Assert.Equal((0.15, 0.15), ((double)shown["balancedError"]!, (double)board["rows"]![0]!["splits"]!["test1"]!["balancedError"]!));
        var (inner, outer) = (ReadInterval(complete), ReadInterval(shown));
        Assert.True(outer.Lower <= inner.Lower && outer.Upper >= inner.Upper, $"{outer} does not contain {inner}");
        Assert.All((double[])[outer.Lower, outer.Upper], limit => Assert.Equal(Math.Round(limit / 0.05), limit / 0.05, 9));
        Assert.Equal(["balancedError", "balancedErrorInterval"], sent["disclosure"]!["shown"]!.AsArray().Select(s => (string?)s));
        Assert.Null(full["disclosure"]);
        Assert.NotNull(complete["confusion"]);
        AssertHidden(shown, "confusion", "accuracy", "calibration");
        Assert.Empty(shown["classes"]!.AsArray());
    }

    [Fact]
    public async Task Details_are_refused_with_the_reason()
    {
        await using var server = await StartAsync(Labels);
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        using var another = await (await TestAccount.RegisterAsync(server, "Another")).CreateClientAsync();
        var a = (string)(await owner.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 1, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2)))["id"]!;
        var b = (string)(await another.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 1).Test2(0, 0, 0, 1, 1, 2)))["id"]!;
        const string Reason =
            "This benchmark guards its labels. Until it is closed, it shows only scores that improve, rounded to 0.1 points, "
            + "and no details.";

        using var matrix = await owner.GetAsync($"/api/submissions/{a}/confusion/test1", Cancellation);
        using var comparison = await owner.GetAsync($"/api/compare?a={a}&b={b}", Cancellation);
        var page = await server.Client.GetStringAsync($"/submissions/{a}", Cancellation);
        var board = await server.Client.GetStringAsync("/benchmarks/tiny", Cancellation);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Conflict), (matrix.StatusCode, comparison.StatusCode));
        Assert.Equal(Reason, (string?)JsonNode.Parse(await matrix.ReadTextAsync())!["detail"]);
        Assert.Contains(Reason, await comparison.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Contains(Reason, page, StringComparison.Ordinal);
        Assert.Contains("/docs/what-scores-reveal", page, StringComparison.Ordinal);
        Assert.Contains($"</a> {Reason} <a", board, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_by_well_are_refused_to_all_but_organisers()
    {
        await using var server = await StartAsync(LabelsA);
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        var id = (string)(await owner.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 1, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2)))["id"]!;

        foreach (var extension in new[] { "", ".csv", ".svg", ".png" })
        {
            using var own = await owner.GetAsync($"/api/submissions/{id}/wells/test1{extension}", Cancellation);
            using var board = await organiser.GetAsync($"/api/benchmarks/tiny/wells/test1{extension}", Cancellation);
            using var full = await organiser.GetAsync($"/api/submissions/{id}/wells/test1{extension}", Cancellation);
            Assert.Equal(
                (HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.OK),
                (own.StatusCode, board.StatusCode, full.StatusCode)
            );
            Assert.StartsWith(
                "Errors by well would reveal labels. This benchmark guards its labels.",
                (string?)JsonNode.Parse(await own.ReadTextAsync())!["detail"],
                StringComparison.Ordinal
            );
        }

        var page = await server.Client.GetStringAsync($"/submissions/{id}/plates/test1", Cancellation);
        var tabs = await server.Client.GetStringAsync("/benchmarks/tiny", Cancellation);
        Assert.Contains("Errors by well would reveal labels.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("A01", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/plates/", tabs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_on_changed_images_are_refused_to_all_but_organisers()
    {
        await using var server = await StartAsync(Labels);
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        var id = (string)(await owner.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 1, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2)))["id"]!;
        await DialRows.InsertAsync(server, Guid.Parse(id), DialRows.LoseByDefocus);

        foreach (var path in new[] { $"/api/submissions/{id}/dials", $"/api/submissions/{id}/dials.csv" })
        {
            using var own = await owner.GetAsync(path, Cancellation);
            using var full = await organiser.GetAsync(path, Cancellation);
            Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK), (own.StatusCode, full.StatusCode));
            Assert.StartsWith(
                "Errors on changed images would reveal labels. This benchmark guards its labels.",
                (string?)JsonNode.Parse(await own.ReadTextAsync())!["detail"],
                StringComparison.Ordinal
            );
        }

        var page = await server.Client.GetStringAsync($"/submissions/{id}/dials", Cancellation);
        var entry = await server.Client.GetStringAsync($"/submissions/{id}", Cancellation);
        Assert.Contains("Errors on changed images would reveal labels.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("What breaks it", entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_with_the_same_rounded_error_have_the_same_rank()
    {
        await using var server = await StartAsync(Labels, step: "0.5");
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        using var another = await (await TestAccount.RegisterAsync(server, "Another")).CreateClientAsync();
        await owner.SubmitScoredAsync(UploadForm.Tiny("").Test2(0, 0, 1, 1, 1, 2));
        await another.SubmitScoredAsync(UploadForm.Tiny("").Test2(0, 0, 0, 1, 1, 2));

        var board = await owner.GetJsonAsync("/api/benchmarks/tiny/leaderboard");

        Assert.Equal([1, 1], board["rows"]!.AsArray().Select(r => (int)r!["rank"]!));
    }

    /// <summary>A plain hash would let anyone who guesses labels confirm them without the server.</summary>
    [Fact]
    public async Task Hashes_of_labels_are_keyed_and_organisers_see_both()
    {
        await using var server = await StartAsync(Labels);
        await using var other = await StartAsync(Labels);
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        using var another = await (await TestAccount.RegisterAsync(server, "Another")).CreateClientAsync();
        using var elsewhere = await (await TestAccount.RegisterAsync(other, "Owner")).CreateClientAsync();

        var shown = (await owner.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2)))!;
        var again = (await another.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 1).Test2(0, 0, 0, 1, 1, 2)))["evaluation"]!;
        var foreign = (await elsewhere.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2)))[
            "evaluation"
        ]!;
        var earlier = await owner.GetJsonAsync($"/api/submissions/{shown["id"]}/evaluations");
        var full = (await organiser.GetJsonAsync($"/api/submissions/{shown["id"]}"))["evaluation"]!;
        var page = await server.Client.GetStringAsync($"/submissions/{shown["id"]}", Cancellation);

        Assert.Matches("^hmac-sha256:[0-9a-f]{64}$", (string?)shown["evaluation"]!["labelsHash"]);
        Assert.Equal((string?)shown["evaluation"]!["labelsHash"], (string?)again["labelsHash"]);
        Assert.NotEqual((string?)shown["evaluation"]!["labelsHash"], (string?)foreign["labelsHash"]);
        Assert.Equal((string?)full["publicLabelsHash"], (string?)shown["evaluation"]!["labelsHash"]);
        Assert.Equal((string?)full["publicLabelsHash"], (string?)earlier[0]!["evaluation"]!["labelsHash"]);
        Assert.Equal((string?)full["splits"]![0]!["publicLabelsHash"], (string?)shown["evaluation"]!["splits"]![0]!["labelsHash"]);
        Assert.Equal(Shared.ContentHash.Length, ((string)full["labelsHash"]!).Length);
        Assert.DoesNotContain((string)full["labelsHash"]!, page, StringComparison.Ordinal);
        Assert.DoesNotContain((string)full["splits"]![0]!["labelsHash"]!, page, StringComparison.Ordinal);
        Assert.Contains((string)full["publicLabelsHash"]!, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rescoring_history_contains_keyed_hashes_of_labels()
    {
        await using var server = await StartAsync(Labels);
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        await PutLabelsAsync(organiser, "c-0,0\nc-1,1\nc-2,2\n");
        await organiser.SubmitScoredAsync(UploadForm.Tiny("").File("test3", "image_id,label\nc-0,0\nc-1,1\nc-2,2\n"));
        await PutLabelsAsync(organiser, "c-0,1\nc-1,0\nc-2,2\n");
        var changes = await server.Client.GetJsonAsync("/api/benchmarks/tiny/changes");
        for (var i = 0; i < 300 && changes.AsArray().Count == 0; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
            changes = await server.Client.GetJsonAsync("/api/benchmarks/tiny/changes");
        }

        var labels = Assert.Single(Assert.Single(changes.AsArray())!["labels"]!.AsArray())!;
        Assert.Equal("test3", (string?)labels["split"]);
        Assert.Matches("^hmac-sha256:[0-9a-f]{64}$", (string?)labels["before"]);
        Assert.NotEqual((string?)labels["before"], (string?)labels["after"]);
        var page = await server.Client.GetStringAsync("/benchmarks/tiny/changes", Cancellation);
        Assert.Contains($"<code>{((string)labels["after"]!)[..24]}</code>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<code>sha256:", page, StringComparison.Ordinal);
    }

    private static async Task PutLabelsAsync(HttpClient organiser, string rows)
    {
        using var content = new StringContent("image_id,label\n" + rows, System.Text.Encoding.UTF8, "text/csv");
        using var response = await organiser.PutAsync("/api/benchmarks/tiny/splits/test3/labels", content, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<Dictionary<string, string>> CollectResponsesAsync(string labels)
    {
        await using var server = await StartAsync(labels);
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        var sent = await owner.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2));
        using var another = await (await TestAccount.RegisterAsync(server, "Another")).CreateClientAsync();
        var other = await another.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2));
        var (id, otherId) = ((string)sent["id"]!, (string)other["id"]!);
        var responses = new Dictionary<string, string> { ["POST"] = Normalize(sent.ToJsonString(), server, id, otherId) };
        foreach (var address in Addresses)
        {
            var path = address.Replace("{id}", id, StringComparison.Ordinal).Replace("{other}", otherId, StringComparison.Ordinal);
            foreach (var (name, client) in new[] { ("owner", owner), ("anonymous", server.Client) })
            {
                using var response = await client.GetAsync(path, Cancellation);
                var text = $"{(int)response.StatusCode} {await response.ReadTextAsync()}";
                responses[$"{name} {address}"] = Normalize(text, server, id, otherId);
            }
        }

        return responses;
    }

    private static async Task<TestServer> StartAsync(string labels, string? step = null)
    {
        var server = new TestServer();
        const string Shown = "\"disclosureSplits\": [\"test1\", \"test2\"], \"maximumGain\": 1";
        await GuardedManifest.WriteAsync(server, step is null ? Shown : $"{Shown}, \"disclosureStep\": {step}");
        await File.WriteAllTextAsync(Path.Combine(server.Tiny, "labels", "test1.csv"), labels, Cancellation);
        await server.StartAsync(settings: ["--Coos:Access:Submissions=SignedIn", "--Coos:Access:Participation=Open"]);
        return server;
    }

    private static (double Lower, double Upper) ReadInterval(JsonNode split) =>
        ((double)split["balancedErrorInterval"]![0]!, (double)split["balancedErrorInterval"]![1]!);

    private static void AssertHidden(JsonNode split, params string[] members) => Assert.All(members, m => Assert.Null(split[m]));

    /// <summary>Removes what differs between two servers anyway: ids, times, hosts and tokens.</summary>
    internal static string Normalize(string text, TestServer server, string id, string otherId) =>
        Changing()
            .Replace(
                text.Replace(id, "ID", StringComparison.Ordinal)
                    .Replace(otherId, "OTHER", StringComparison.Ordinal)
                    .Replace(server.Address.Authority, "server", StringComparison.Ordinal),
                ""
            );

    [GeneratedRegex(
        "hmac-sha256:[0-9a-f]+"
            + "|00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]|tiny-method-[0-9a-f]{12}|<!--[^>]*-->|value=\"CfDJ[^\"]*\"|chip-container-[0-9a-f-]{36}"
            + @"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?Z?( UTC)?|tag:[^<]*"
            + "|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    )]
    private static partial Regex Changing();
}
