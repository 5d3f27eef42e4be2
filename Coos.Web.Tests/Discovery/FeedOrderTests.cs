using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Coos.Server.Scoring;
using Coos.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Discovery;

/// <summary>The feed is ordered by the time of publication, not of submission.</summary>
public sealed class FeedOrderTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("publish")]
    [InlineData("patch")]
    public async Task A_draft_published_later_comes_first(string method)
    {
        var clock = new ShiftedClock();
        await using var server = await StartNewAsync(clock);
        var owner = await TestAccount.RegisterAsync(server, "Owner");
        using var client = await owner.CreateClientAsync();
        var draft = await client.SubmitScoredAsync(UploadForm.Tiny("", "Draft").Field("visibility", "private").Test2(0, 0, 0, 1, 1, 2));
        clock.Advance(TimeSpan.FromDays(1));
        var other = await client.SubmitScoredAsync(UploadForm.Tiny("", "Other").Test2(0, 0, 0, 1, 1, 1));
        var published = Assert.Single(await ReadEntriesAsync(server));
        Assert.Equal(Id(other), published.Id);
        Assert.InRange(published.Time - CreatedAt(other), TimeSpan.Zero, TimeSpan.FromDays(0.1));

        clock.Advance(TimeSpan.FromDays(1));
        await (method == "publish" ? PublishAsync(owner, draft) : PatchAsync(client, draft, "public"));

        var entries = await ReadEntriesAsync(server);
        Assert.Equal([Id(draft), Id(other)], entries.Select(e => e.Id));
        Assert.InRange(entries[0].Time - CreatedAt(draft), TimeSpan.FromDays(2), TimeSpan.FromDays(2.1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_entry_that_returns_to_the_leaderboard_is_new_again(bool isHidden)
    {
        var clock = new ShiftedClock();
        await using var server = await StartNewAsync(clock);
        var owner = await TestAccount.RegisterAsync(server, "Owner");
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        using var client = await owner.CreateClientAsync();
        var first = await client.SubmitScoredAsync(UploadForm.Tiny("", "First").Test2(0, 0, 0, 1, 1, 2));
        var second = await client.SubmitScoredAsync(UploadForm.Tiny("", "Second").Test2(0, 0, 0, 1, 1, 1));

        await (isHidden ? PerformAsync(organiser, "hide", first) : PatchAsync(client, first, "private"));
        Assert.Null((await SubmissionRow.FindAsync(server, Id(first))).PublishedAt);
        Assert.Equal([Id(second)], (await ReadEntriesAsync(server)).Select(e => e.Id));
        clock.Advance(TimeSpan.FromDays(1));
        await (isHidden ? PerformAsync(organiser, "show", first) : PatchAsync(client, first, "public"));

        var entries = await ReadEntriesAsync(server);
        Assert.Equal([Id(first), Id(second)], entries.Select(e => e.Id));
        Assert.InRange(entries[0].Time - CreatedAt(first), TimeSpan.FromDays(1), TimeSpan.FromDays(1.1));
    }

    [Fact]
    public async Task Changes_to_a_listed_entry_keep_its_publication_time()
    {
        var clock = new ShiftedClock();
        await using var server = await StartNewAsync(clock);
        var owner = await TestAccount.RegisterAsync(server, "Owner");
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        using var client = await owner.CreateClientAsync();
        var submission = await client.SubmitScoredAsync(UploadForm.Tiny("", "Only").Test2(0, 0, 0, 1, 1, 2));
        var before = (await SubmissionRow.FindAsync(server, Id(submission))).PublishedAt;
        clock.Advance(TimeSpan.FromDays(1));

        await PatchAsync(client, submission, "public");
        await PerformAsync(organiser, "check", submission);
        await PerformAsync(organiser, "score", submission);
        await SubmissionRow.AwaitAsync(
            server,
            Id(submission),
            s => s.Status == Shared.Submissions.SubmissionStatus.Scored && s.ScoredAt > before + TimeSpan.FromHours(1)
        );

        Assert.NotNull(before);
        Assert.Equal(before, (await SubmissionRow.FindAsync(server, Id(submission))).PublishedAt);
    }

    /// <summary>A submission is on the leaderboard only if it is public and not hidden, in whatever order that changes.</summary>
    [Fact]
    public async Task Making_a_hidden_draft_public_does_not_publish_it()
    {
        await using var server = await StartNewAsync(new ShiftedClock());
        var owner = await TestAccount.RegisterAsync(server, "Owner");
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        using var client = await owner.CreateClientAsync();
        var draft = await client.SubmitScoredAsync(UploadForm.Tiny("", "Draft").Field("visibility", "private").Test2(0, 0, 0, 1, 1, 2));

        await PerformAsync(organiser, "hide", draft);
        await PatchAsync(client, draft, "public");
        Assert.Null((await SubmissionRow.FindAsync(server, Id(draft))).PublishedAt);
        await PerformAsync(organiser, "show", draft);

        Assert.NotNull((await SubmissionRow.FindAsync(server, Id(draft))).PublishedAt);
    }

    [Fact]
    public async Task A_public_submission_is_published_when_it_is_scored()
    {
        var clock = new ShiftedClock();
        await using var server = await TestServer.StartWithoutEvaluatorAsync(clock);
        var id = await SubmissionRow.InsertAsync(server);
        Assert.Null((await SubmissionRow.FindAsync(server, id)).PublishedAt);
        clock.Advance(TimeSpan.FromHours(1));

        await server.Services.GetRequiredService<EvaluationService>().ScoreAsync(id, Cancellation);

        var row = await SubmissionRow.FindAsync(server, id);
        Assert.Equal(row.ScoredAt, row.PublishedAt);
        Assert.InRange(row.PublishedAt!.Value - row.CreatedAt, TimeSpan.FromHours(1), TimeSpan.FromHours(1.1));
    }

    private static async Task<TestServer> StartNewAsync(TimeProvider clock)
    {
        var server = new TestServer();
        await server.StartAsync(clock: clock, settings: "--Coos:Access:Submissions=SignedIn");
        return server;
    }

    /// <summary>The entries of the feed with their time.</summary>
    private static async Task<IReadOnlyList<(Guid Id, DateTime Time)>> ReadEntriesAsync(TestServer server)
    {
        var feed = XDocument.Parse(await server.Client.GetStringAsync("/benchmarks/tiny/feed.atom", Cancellation)).Root!;
        var entries = feed.Elements(Atom + "entry").ToList();
        Assert.All(entries, e => Assert.Equal(e.Element(Atom + "published")!.Value, e.Element(Atom + "updated")!.Value));
        Assert.Equal(entries[0].Element(Atom + "updated")!.Value, feed.Element(Atom + "updated")!.Value);
        return
        [
            .. entries.Select(e =>
                (
                    Guid.Parse(e.Element(Atom + "id")!.Value["urn:uuid:".Length..]),
                    DateTime.Parse(e.Element(Atom + "published")!.Value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)
                )
            ),
        ];
    }

    private static Guid Id(JsonNode submission) => (Guid)submission["id"]!;

    /// <summary>The creation time in seconds, the precision of the feed.</summary>
    private static DateTime CreatedAt(JsonNode submission)
    {
        var time = ((DateTimeOffset)submission["createdAt"]!).UtcDateTime;
        return time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
    }

    private static async Task PublishAsync(TestAccount owner, JsonNode submission)
    {
        using var response = await owner.Browser.SendAsync((string)submission["links"]!["page"]!, "publish");
        Assert.Equal(302, (int)response.StatusCode);
    }

    private static async Task PatchAsync(HttpClient client, JsonNode submission, string visibility)
    {
        using var response = await client.PatchAsJsonAsync((string)submission["links"]!["self"]!, new { visibility }, Cancellation);
        await response.ReadJsonAsync();
    }

    private static async Task PerformAsync(TestAccount organiser, string act, JsonNode submission)
    {
        using var response = await organiser.Browser.SendAsync("/organise", "act", ("act", $"{act} {submission["id"]}"));
        Assert.Equal(302, (int)response.StatusCode);
    }

    /// <summary>A clock whose time of day can be moved forward, and whose timers run in real time.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        private long _ahead;

        public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));
    }
}
