using System.Globalization;
using System.Net;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>How many submissions a submitter may send in a day.</summary>
public sealed class QuotaTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_fifty_submissions_at_once_with_a_quota_of_five_exactly_five_are_accepted()
    {
        await using var server = await OwnServer.SignedInAsync("--Coos:Quota:PerDay=5");
        var account = await TestAccount.RegisterAsync(server, "Fifty");
        using var program = await account.ProgramAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => program.SubmitAsync(Different(i))));

        Assert.Equal(5, answers.Count(a => a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Accepted));
        Assert.Equal(45, answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests));
        Assert.Equal(5, await StoredRows.CountSentAsync(server.Services));
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(5, await database.QuotaUses.Select(q => q.Used).SingleAsync(Cancellation));
    }

    [Fact]
    public async Task What_was_refused_is_not_counted_and_what_was_deleted_still_is()
    {
        await using var server = await OwnServer.SignedInAsync("--Coos:Quota:PerDay=2");
        var account = await TestAccount.RegisterAsync(server, "Careful");
        using var program = await account.ProgramAsync();
        var first = await program.SubmitScoredAsync(Different(1));
        using var wrong = await program.SubmitAsync(UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 9));
        using var again = await program.SubmitAsync(Different(1));
        using var deleted = await program.DeleteAsync((string)first["links"]!["self"]!, Cancellation);

        var second = await program.SubmitScoredAsync(Different(2));
        using var third = await program.SubmitAsync(Different(3));
        using var repeated = await program.SubmitAsync(Different(2));

        Assert.Equal(
            [
                HttpStatusCode.BadRequest,
                HttpStatusCode.Conflict,
                HttpStatusCode.NoContent,
                HttpStatusCode.TooManyRequests,
                HttpStatusCode.Conflict,
            ],
            [wrong.StatusCode, again.StatusCode, deleted.StatusCode, third.StatusCode, repeated.StatusCode]
        );
        Assert.Contains((string)second["id"]!, await repeated.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_and_the_page_say_when_the_next_slot_opens_and_it_opens_then()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 23, 50, 0, TimeSpan.Zero));
        await using var server = new OwnServer();
        await server.StartAsync("web", clock, "--Coos:Access:Submissions=SignedIn", "--Coos:Quota:PerDay=1");
        var account = await TestAccount.RegisterAsync(server, "Late");
        using var program = await account.ProgramAsync();
        using var first = await program.SubmitPatientlyAsync(Different(1), clock);
        var now = clock.GetUtcNow();

        using var refused = await program.SubmitAsync(Different(3));
        var page = await account.Browser.ReadAsync("/benchmarks/tiny/submit");
        clock.SetUtcNow(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));
        using var later = await program.SubmitPatientlyAsync(Different(3), clock);

        var midnight = now.UtcDateTime.Date.AddDays(1);
        await new ExpectedProblem(
            HttpStatusCode.TooManyRequests,
            "You have used today's submissions",
            $"Nothing was stored. The quota of this benchmark is 1 submission per day; the next slot opens at {midnight:yyyy-MM-dd} 00:00 UTC."
        )
        {
            NextSlotAt = "{time}",
        }.AssertAsync(refused);
        Assert.Equal(
            Math.Ceiling((midnight - now.UtcDateTime).TotalSeconds).ToString(CultureInfo.InvariantCulture),
            refused.Headers.GetValues("Retry-After").Single()
        );
        Assert.Contains("<b>You have used today's submissions</b>, 1 of 1.", page, StringComparison.Ordinal);
        Assert.Contains($"{midnight:yyyy-MM-dd} 00:00 UTC", page, StringComparison.Ordinal);
        Assert.True(first.IsSuccessStatusCode && later.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Members_of_a_team_spend_one_quota_and_a_new_team_brings_no_more()
    {
        await using var server = await OwnServer.SignedInAsync("--Coos:Quota:PerDay=2");
        var one = await TestAccount.RegisterAsync(server, "Member one");
        var two = await TestAccount.RegisterAsync(server, "Member two");
        (await one.Browser.SendAsync("/account", "found-team", ("teamName", "The Cells"))).Dispose();
        await using var database = await server.OpenDatabaseAsync();
        var code = await database.Teams.Select(t => t.JoinCode).SingleAsync(Cancellation);
        (await two.Browser.SendAsync("/account", "join-team", ("code", code))).Dispose();
        using var first = await one.ProgramAsync();
        using var second = await two.ProgramAsync();

        var sent = await first.SubmitScoredAsync(Different(1));
        using var same = await second.SubmitAsync(Different(1));
        await second.SubmitScoredAsync(Different(2));
        using var third = await second.SubmitAsync(Different(3));
        (await two.Browser.SendAsync("/account", "leave-team")).Dispose();
        await second.SubmitScoredAsync(Different(4));
        using var fifth = await second.SubmitAsync(Different(5));

        Assert.Equal("The Cells", (string?)sent["submitter"]);
        Assert.True((bool)sent["verified"]!);
        Assert.Equal(
            [HttpStatusCode.Conflict, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests],
            [same.StatusCode, third.StatusCode, fifth.StatusCode]
        );
    }

    [Fact]
    public async Task A_manifest_says_more_than_the_settings_and_an_organiser_more_than_the_manifest()
    {
        await using var server = new OwnServer();
        var manifest = Path.Combine(server.Tiny, "benchmark.json");
        await File.WriteAllTextAsync(
            manifest,
            (await File.ReadAllTextAsync(manifest, Cancellation)).Replace(
                "\"slug\"",
                "\"quotaPerDay\": 2, \"slug\"",
                StringComparison.Ordinal
            ),
            Cancellation
        );
        await server.StartAsync(more: ["--Coos:Access:Submissions=SignedIn", "--Coos:Quota:PerDay=1"]);
        var usual = await TestAccount.RegisterAsync(server, "Usual");
        var granted = await TestAccount.RegisterAsync(server, "Granted");
        await using var database = await server.OpenDatabaseAsync();
        await database.Users.Where(a => a.Id == granted.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.QuotaPerDay, 3), Cancellation);

        Assert.Equal(2, await AcceptedAsync(usual));
        Assert.Equal(3, await AcceptedAsync(granted));
    }

    private static async Task<int> AcceptedAsync(TestAccount account)
    {
        using var program = await account.ProgramAsync();
        var accepted = 0;
        for (var i = 0; i < 4; i++)
        {
            using var answer = await program.SubmitAsync(Different(i));
            accepted += answer.IsSuccessStatusCode ? 1 : 0;
        }

        return accepted;
    }

    /// <summary>Predictions that differ by their number.</summary>
    private static UploadForm Different(int i) => UploadForm.Tiny("").Test1(i % 3, i / 3 % 3, i / 9 % 3, i / 27 % 3, 0, 0);
}
