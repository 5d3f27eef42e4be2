using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Coos.Server.Scoring;
using Coos.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Discovery;

/// <summary>The feed goes by when everybody could see a result, not by when it was sent.</summary>
public sealed class FeedOrderTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("publish")]
    [InlineData("patch")]
    public async Task A_draft_that_is_published_later_comes_first(string how)
    {
        var clock = new LateClock();
        await using var server = await StartedAsync(clock);
        var owner = await TestAccount.RegisterAsync(server, "Owner");
        using var program = await owner.ProgramAsync();
        var draft = await program.SubmitScoredAsync(UploadForm.Tiny("", "Draft").Field("visibility", "private").Test2(0, 0, 0, 1, 1, 2));
        clock.Pass(TimeSpan.FromDays(1));
        var other = await program.SubmitScoredAsync(UploadForm.Tiny("", "Other").Test2(0, 0, 0, 1, 1, 1));
        var published = Assert.Single(await EntriesAsync(server));
        Assert.Equal(Id(other), published.Id);
        Assert.InRange(published.Time - CreatedAt(other), TimeSpan.Zero, TimeSpan.FromDays(0.1));

        clock.Pass(TimeSpan.FromDays(1));
        await (how == "publish" ? PublishAsync(owner, draft) : PatchAsync(program, draft, "public"));

        var entries = await EntriesAsync(server);
        Assert.Equal([Id(draft), Id(other)], entries.Select(e => e.Id));
        Assert.InRange(entries[0].Time - CreatedAt(draft), TimeSpan.FromDays(2), TimeSpan.FromDays(2.1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_leaves_the_board_and_comes_back_is_new_again(bool isHidden)
    {
        var clock = new LateClock();
        await using var server = await StartedAsync(clock);
        var owner = await TestAccount.RegisterAsync(server, "Owner");
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        using var program = await owner.ProgramAsync();
        var first = await program.SubmitScoredAsync(UploadForm.Tiny("", "First").Test2(0, 0, 0, 1, 1, 2));
        var second = await program.SubmitScoredAsync(UploadForm.Tiny("", "Second").Test2(0, 0, 0, 1, 1, 1));

        await (isHidden ? ActAsync(organiser, "hide", first) : PatchAsync(program, first, "private"));
        Assert.Null((await SubmissionRow.FindAsync(server, Id(first))).PublishedAt);
        Assert.Equal([Id(second)], (await EntriesAsync(server)).Select(e => e.Id));
        clock.Pass(TimeSpan.FromDays(1));
        await (isHidden ? ActAsync(organiser, "show", first) : PatchAsync(program, first, "public"));

        var entries = await EntriesAsync(server);
        Assert.Equal([Id(first), Id(second)], entries.Select(e => e.Id));
        Assert.InRange(entries[0].Time - CreatedAt(first), TimeSpan.FromDays(1), TimeSpan.FromDays(1.1));
    }

    [Fact]
    public async Task What_changes_without_leaving_the_board_keeps_its_time()
    {
        var clock = new LateClock();
        await using var server = await StartedAsync(clock);
        var owner = await TestAccount.RegisterAsync(server, "Owner");
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        using var program = await owner.ProgramAsync();
        var submission = await program.SubmitScoredAsync(UploadForm.Tiny("", "Only").Test2(0, 0, 0, 1, 1, 2));
        var before = (await SubmissionRow.FindAsync(server, Id(submission))).PublishedAt;
        clock.Pass(TimeSpan.FromDays(1));

        await PatchAsync(program, submission, "public");
        await ActAsync(organiser, "unverify", submission);
        await ActAsync(organiser, "score", submission);
        await SubmissionRow.AwaitAsync(
            server,
            Id(submission),
            s => s.Status == Shared.Submissions.SubmissionStatus.Scored && s.ScoredAt > before + TimeSpan.FromHours(1)
        );

        Assert.NotNull(before);
        Assert.Equal(before, (await SubmissionRow.FindAsync(server, Id(submission))).PublishedAt);
    }

    /// <summary>Hidden and made public in any order: it is on the board when both hold.</summary>
    [Fact]
    public async Task A_hidden_draft_that_is_made_public_is_not_published()
    {
        await using var server = await StartedAsync(new LateClock());
        var owner = await TestAccount.RegisterAsync(server, "Owner");
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        using var program = await owner.ProgramAsync();
        var draft = await program.SubmitScoredAsync(UploadForm.Tiny("", "Draft").Field("visibility", "private").Test2(0, 0, 0, 1, 1, 2));

        await ActAsync(organiser, "hide", draft);
        await PatchAsync(program, draft, "public");
        Assert.Null((await SubmissionRow.FindAsync(server, Id(draft))).PublishedAt);
        await ActAsync(organiser, "show", draft);

        Assert.NotNull((await SubmissionRow.FindAsync(server, Id(draft))).PublishedAt);
    }

    [Fact]
    public async Task What_is_public_at_once_is_published_when_it_has_scores()
    {
        var clock = new LateClock();
        await using var server = await OwnServer.WithoutEvaluatorAsync(clock);
        var id = await SubmissionRow.InsertAsync(server);
        Assert.Null((await SubmissionRow.FindAsync(server, id)).PublishedAt);
        clock.Pass(TimeSpan.FromHours(1));

        await server.Services.GetRequiredService<EvaluationService>().ScoreAsync(id, Cancellation);

        var row = await SubmissionRow.FindAsync(server, id);
        Assert.Equal(row.ScoredAt, row.PublishedAt);
        Assert.InRange(row.PublishedAt!.Value - row.CreatedAt, TimeSpan.FromHours(1), TimeSpan.FromHours(1.1));
    }

    private static async Task<OwnServer> StartedAsync(TimeProvider clock)
    {
        var server = new OwnServer();
        await server.StartAsync(clock: clock, more: "--Coos:Access:Submissions=SignedIn");
        return server;
    }

    /// <summary>The feed's entries, each with the one time that it names.</summary>
    private static async Task<IReadOnlyList<(Guid Id, DateTime Time)>> EntriesAsync(OwnServer server)
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

    /// <summary>To the second, as feeds have it.</summary>
    private static DateTime CreatedAt(JsonNode submission)
    {
        var time = ((DateTimeOffset)submission["createdAt"]!).UtcDateTime;
        return time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
    }

    private static async Task PublishAsync(TestAccount owner, JsonNode submission)
    {
        using var answer = await owner.Browser.SendAsync((string)submission["links"]!["page"]!, "publish");
        Assert.Equal(302, (int)answer.StatusCode);
    }

    private static async Task PatchAsync(HttpClient program, JsonNode submission, string visibility)
    {
        using var answer = await program.PatchAsJsonAsync((string)submission["links"]!["self"]!, new { visibility }, Cancellation);
        await answer.ReadJsonAsync();
    }

    private static async Task ActAsync(TestAccount organiser, string act, JsonNode submission)
    {
        using var answer = await organiser.Browser.SendAsync("/organise", "act", ("act", $"{act} {submission["id"]}"));
        Assert.Equal(302, (int)answer.StatusCode);
    }

    /// <summary>The time of day runs ahead; everything else takes as long as it takes.</summary>
    private sealed class LateClock : TimeProvider
    {
        private long _ahead;

        public void Pass(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));
    }
}
