using System.Net;
using System.Text.RegularExpressions;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>
/// The site is the same to other users, byte for byte, with and without a private or hidden submission: neither names, ranks,
/// counts nor times reveal that it exists.
/// </summary>
public sealed partial class PrivateSubmissionLeakTests : IAsyncLifetime
{
    private static readonly string[] PublicAddresses =
    [
        "/",
        "/sitemap.xml",
        "/api/benchmarks",
        "/api/benchmarks/tiny",
        "/api/benchmarks/tiny/leaderboard",
        "/api/benchmarks/tiny/leaderboard?q=secret",
        "/api/benchmarks/tiny/leaderboard.csv",
        "/api/benchmarks/tiny/leaderboard.json",
        "/api/benchmarks/tiny/leaderboard.tex",
        "/api/benchmarks/tiny/leaderboard.bib",
        "/api/benchmarks/tiny/changes",
        "/benchmarks/tiny",
        "/benchmarks/tiny?q=secret",
        "/benchmarks/tiny/generalisation",
        "/benchmarks/tiny/mix?splits=test1",
        "/api/benchmarks/tiny/leaderboard?weights=0:2,1:1&splits=test1",
        "/benchmarks/tiny/methods",
        "/api/benchmarks/tiny/methods",
        "/api/benchmarks/tiny/methods.csv",
        "/benchmarks/tiny/consistency",
        "/api/benchmarks/tiny/consistency",
        "/api/benchmarks/tiny/forecasts",
        "/benchmarks/tiny/plates/test1",
        "/api/benchmarks/tiny/wells/test1",
        "/api/benchmarks/tiny/wells/test1.csv",
        "/api/benchmarks/tiny/wells/test1.svg",
        "/benchmarks/tiny/changes",
        "/benchmarks/tiny/data",
        "/benchmarks/tiny/feed.atom",
        "/compare?benchmark=tiny",
        "/compare?benchmark=tiny&q=secret",
        "/api/submissions/{public}",
        "/submissions/{public}",
        "/submissions/{public}/dials",
        "/api/submissions/{public}/dials?with={public2}",
        "/api/compare?a={public}&b={public2}",
        "/compare?a={public}&b={public2}",
        "/submissions/{public}/badge.svg",
        "/submissions/{public}/preview.png",
        "/benchmarks/tiny/preview.png",
    ];

    private static readonly string[] SubmissionAddresses =
    [
        "/api/submissions/{it}",
        "/api/submissions/{it}/confusion/test1",
        "/api/submissions/{it}/confusion/test1.csv",
        "/api/submissions/{it}/wells/test1",
        "/api/submissions/{it}/wells/test1.csv",
        "/api/submissions/{it}/wells/test1.svg",
        "/api/submissions/{it}/wells/test1.png",
        "/api/submissions/{it}/dials",
        "/api/submissions/{it}/dials.csv",
        "/api/submissions/{public}/dials?with={it}",
        "/api/submissions/{it}/predictions/test1",
        "/api/submissions/{it}/events",
        "/api/compare?a={public}&b={it}",
        "/api/compare?a={it}&b={public}",
        "/compare?a={public}&b={it}",
        "/compare?a={it}",
        "/submissions/{it}",
        "/submissions/{it}/classes",
        "/submissions/{it}/classes/0?split=test1",
        "/submissions/{it}/confusion/test1",
        "/submissions/{it}/plates/test1",
        "/submissions/{it}/dials",
        "/submissions/{public}/dials?with={it}",
        "/submissions/{it}/badge.svg",
        "/submissions/{it}/preview.png",
    ];

    private readonly TestServer _server = new();
    private TestAccount _owner = null!;
    private TestAccount _other = null!;
    private HttpClient _client = null!;
    private HttpClient _stranger = null!;
    private Guid _public;
    private Guid _public2;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        TinyBenchmark.WriteWells(_server.Tiny);
        await _server.StartAsync(settings: ["--environment=Development", "--Coos:Access:Submissions=SignedIn"]);
        _owner = await TestAccount.RegisterAsync(_server, "Owner");
        _other = await TestAccount.RegisterAsync(_server, "Other");
        (_client, _stranger) = (await _owner.CreateClientAsync(), await _other.CreateClientAsync());
        _public = await SendAsync(_client, "Open method", 0, 0, 0, 1, 1, 1);
        _public2 = await SendAsync(_stranger, "Another open method", 0, 0, 1, 1, 1, 1);
        using var webhook = await _other.Browser.SendAsync(
            "/account/webhooks",
            "make-webhook",
            ("url", "https://127.0.0.1:1/"),
            ("benchmark", ""),
            ("events", "scored"),
            ("events", "rankChanged")
        );
        Assert.Equal(HttpStatusCode.OK, webhook.StatusCode);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        _stranger.Dispose();
        return _server.DisposeAsync();
    }

    [Theory]
    [InlineData("private")]
    [InlineData("hidden")]
    public async Task A_private_or_hidden_submission_does_not_change_what_others_see(string kind)
    {
        var unknown = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var before = await SnapshotAsync(PublicAddresses, unknown);
        var notFound = await SnapshotAsync(SubmissionAddresses, unknown);

        // The best entry: if it counted, every rank would change.
        var submission = await SendAsync(_client, "Secret method", kind == "private" ? "private" : "public", 0, 0, 0, 1, 1, 2);
        if (kind == "hidden")
        {
            await HideAsync(submission);
        }

        AssertSame(before, await SnapshotAsync(PublicAddresses, submission));
        AssertSame(notFound, await SnapshotAsync(SubmissionAddresses, submission));
        await using var database = await _server.OpenDatabaseAsync();
        Assert.False(
            await database.WebhookDeliveries.AnyAsync(
                d =>
                    d.Webhook!.AccountId == _other.Id
                    && (d.Payload.Contains(submission.ToString()) || d.Payload.Contains("Secret method"))
                    && kind == "private",
                Cancellation
            )
        );
        Assert.Contains("Secret method", await _owner.Browser.ReadAsync($"/submissions/{submission}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_labels_that_rescore_only_private_submissions_are_not_visible_to_others()
    {
        using var organiser = await TestAccount.CreateOrganiserClientAsync(_server);
        await PutLabelsAsync(organiser, "image_id,label\nc-0,0\nc-1,1\n");
        var form = UploadForm.Tiny("", "Secret method").Field("visibility", "private").File("test3", "image_id,label\nc-0,0\nc-1,1\n");
        var submission = (Guid)(await _client.SubmitScoredAsync(form))["id"]!;
        string[] changes = ["/api/benchmarks/tiny/changes", "/benchmarks/tiny/changes"];
        var before = await SnapshotAsync(changes, submission);

        await PutLabelsAsync(organiser, "image_id,label\nc-0,0\nc-1,2\n");
        await SubmissionRow.AwaitAsync(_server, submission, s => s.Evaluations.Count == 2 && s.PendingEvaluationId == null);

        AssertSame(before, await SnapshotAsync(changes, submission));
    }

    private static async Task PutLabelsAsync(HttpClient organiser, string labels)
    {
        using var response = await organiser.PutAsync("/api/benchmarks/tiny/splits/test3/labels", new StringContent(labels), Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static Task<Guid> SendAsync(HttpClient client, string method, params int[] labels) =>
        SendAsync(client, method, "public", labels);

    private static async Task<Guid> SendAsync(HttpClient client, string method, string visibility, params int[] labels) =>
        (Guid)
            (
                await client.SubmitScoredAsync(
                    UploadForm.Tiny("", method).Field("visibility", visibility).Test1(0, 0, 1, 1, 2, 2).Test2(labels)
                )
            )["id"]!;

    /// <summary>Hides a submission as an organiser.</summary>
    private async Task HideAsync(Guid id)
    {
        var organiser = await TestAccount.RegisterAsync(_server, "Organiser", isOrganiser: true);
        (await organiser.Browser.SendAsync("/organise", "act", ("act", $"hide {id}"))).Dispose();
        await using var database = await _server.OpenDatabaseAsync();
        Assert.True(await database.Submissions.AnyAsync(s => s.Id == id && s.HiddenAt != null, Cancellation));
    }

    /// <summary>Requests every address anonymously, with another participant's token, and in their browser.</summary>
    private async Task<Dictionary<string, string>> SnapshotAsync(IEnumerable<string> addresses, Guid submission)
    {
        var responses = new Dictionary<string, string>();
        foreach (var address in addresses)
        {
            var path = address
                .Replace("{public}", _public.ToString(), StringComparison.Ordinal)
                .Replace("{public2}", _public2.ToString(), StringComparison.Ordinal)
                .Replace("{it}", submission.ToString(), StringComparison.Ordinal);
            responses[$"{address}, anonymous"] = await ReadResponseAsync(_server.Client.GetAsync(path, Cancellation), submission);
            responses[$"{address}, by token"] = await ReadResponseAsync(_stranger.GetAsync(path, Cancellation), submission);
            responses[$"{address}, in a browser"] = await ReadResponseAsync(_other.Browser.GetAsync(path), submission);
        }

        return responses;
    }

    /// <summary>
    /// The response without the parts that differ in every response (trace ids, and tokens of forms and components), and without the
    /// number of tries, which counts private submissions so that readers can judge the published best. In CSV it is the third field from
    /// the end, after those of the protocol, which are empty here.
    /// </summary>
    private static async Task<string> ReadResponseAsync(Task<HttpResponseMessage> request, Guid submission)
    {
        using var response = await request;
        var text = (await response.ReadTextAsync()).Replace(submission.ToString(), "it", StringComparison.Ordinal);
        return $"{(int)response.StatusCode} {response.Content.Headers.ContentType} {Changing().Replace(text, "")}";
    }

    private static void AssertSame(Dictionary<string, string> before, Dictionary<string, string> after)
    {
        foreach (var (address, text) in before)
        {
            var now = after[address];
            var start = Math.Max(0, text.Zip(now).TakeWhile(c => c.First == c.Second).Count() - 200);
            Assert.True(text == now, $"The response of {address} changed at {start}:\n{Part(text, start)}\n\n{Part(now, start)}");
        }
    }

    private static string Part(string text, int start) => text[Math.Min(start, text.Length)..Math.Min(start + 600, text.Length)];

    [GeneratedRegex(
        "00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]|<!--[^>]*-->|value=\"CfDJ[^\"]*\"|chip-container-[0-9a-f-]{36}"
            + "|,\"tries\":[0-9]+| (·|&#xB7;) [0-9]+ tries|, who made [0-9,]+ submissions|made [0-9,]+ submissions?"
            + "|(?<=,,,,,,)[0-9]+(?=,other,signedIn\n)"
    )]
    private static partial Regex Changing();
}
