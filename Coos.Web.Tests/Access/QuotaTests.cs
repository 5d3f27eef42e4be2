using System.Globalization;
using System.Net;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>The number of submissions per day and submitter.</summary>
public sealed class QuotaTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_concurrent_submissions_with_a_quota_of_five_yield_exactly_five()
    {
        await using var server = await TestServer.StartSignedInAsync("--Coos:Quota:PerDay=5");
        var account = await TestAccount.RegisterAsync(server, "Fifty");
        using var client = await account.CreateClientAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => client.SubmitAsync(CreateDistinct(i))));

        Assert.Equal(5, responses.Count(a => a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Accepted));
        Assert.Equal(45, responses.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests));
        Assert.Equal(5, await StoredRows.CountSubmittedAsync(server.Services));
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(5, await database.QuotaUses.Select(q => q.Used).SingleAsync(Cancellation));
    }

    [Fact]
    public async Task Rejected_submissions_do_not_count_and_deleted_ones_do()
    {
        await using var server = await TestServer.StartSignedInAsync("--Coos:Quota:PerDay=2");
        var account = await TestAccount.RegisterAsync(server, "Careful");
        using var client = await account.CreateClientAsync();
        var first = await client.SubmitScoredAsync(CreateDistinct(1));
        using var wrong = await client.SubmitAsync(UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 9));
        using var again = await client.SubmitAsync(CreateDistinct(1));
        using var deleted = await client.DeleteAsync((string)first["links"]!["self"]!, Cancellation);

        var second = await client.SubmitScoredAsync(CreateDistinct(2));
        using var third = await client.SubmitAsync(CreateDistinct(3));
        using var repeated = await client.SubmitAsync(CreateDistinct(2));

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
    public async Task The_next_slot_opens_at_the_time_that_the_API_and_the_page_give()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 23, 50, 0, TimeSpan.Zero));
        await using var server = new TestServer();
        await server.StartAsync("web", clock, "--Coos:Access:Submissions=SignedIn", "--Coos:Quota:PerDay=1");
        var account = await TestAccount.RegisterAsync(server, "Late");
        using var client = await account.CreateClientAsync();
        using var first = await client.SubmitAndAdvanceAsync(CreateDistinct(1), clock);
        var now = clock.GetUtcNow();

        using var refused = await client.SubmitAsync(CreateDistinct(3));
        var page = await account.Browser.ReadAsync("/benchmarks/tiny/submit");
        clock.SetUtcNow(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));
        using var later = await client.SubmitAndAdvanceAsync(CreateDistinct(3), clock);

        var midnight = now.UtcDateTime.Date.AddDays(1);
        await new ExpectedProblem(
            HttpStatusCode.TooManyRequests,
            "You have used today's submissions",
            "Nothing was stored. The quota of this benchmark is 1 submission per day; the next slot opens at "
                + $"{midnight:yyyy-MM-dd} 00:00 UTC."
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
    public async Task Team_members_share_one_quota_and_a_new_team_does_not_add_to_it()
    {
        await using var server = await TestServer.StartSignedInAsync("--Coos:Quota:PerDay=2");
        var one = await TestAccount.RegisterAsync(server, "Member one");
        var two = await TestAccount.RegisterAsync(server, "Member two");
        (await one.Browser.SendAsync("/account", "found-team", ("teamName", "The Cells"))).Dispose();
        await using var database = await server.OpenDatabaseAsync();
        var code = await database.Teams.Select(t => t.JoinCode).SingleAsync(Cancellation);
        (await two.Browser.SendAsync("/account", "join-team", ("code", code))).Dispose();
        using var first = await one.CreateClientAsync();
        using var second = await two.CreateClientAsync();

        var sent = await first.SubmitScoredAsync(CreateDistinct(1));
        using var same = await second.SubmitAsync(CreateDistinct(1));
        await second.SubmitScoredAsync(CreateDistinct(2));
        using var third = await second.SubmitAsync(CreateDistinct(3));
        (await two.Browser.SendAsync("/account", "leave-team")).Dispose();
        await second.SubmitScoredAsync(CreateDistinct(4));
        using var fifth = await second.SubmitAsync(CreateDistinct(5));

        Assert.Equal("The Cells", (string?)sent["submitter"]);
        Assert.True((bool)sent["verified"]!);
        Assert.Equal(
            [HttpStatusCode.Conflict, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests],
            [same.StatusCode, third.StatusCode, fifth.StatusCode]
        );
    }

    [Fact]
    public async Task An_organisers_quota_overrides_the_manifest_which_overrides_the_settings()
    {
        await using var server = new TestServer();
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
        await server.StartAsync(settings: ["--Coos:Access:Submissions=SignedIn", "--Coos:Quota:PerDay=1"]);
        var regular = await TestAccount.RegisterAsync(server, "Usual");
        var granted = await TestAccount.RegisterAsync(server, "Granted");
        await using var database = await server.OpenDatabaseAsync();
        await database.Users.Where(a => a.Id == granted.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.QuotaPerDay, 3), Cancellation);

        Assert.Equal(2, await CountAcceptedAsync(regular));
        Assert.Equal(3, await CountAcceptedAsync(granted));
    }

    private static async Task<int> CountAcceptedAsync(TestAccount account)
    {
        using var client = await account.CreateClientAsync();
        var accepted = 0;
        for (var i = 0; i < 4; i++)
        {
            using var response = await client.SubmitAsync(CreateDistinct(i));
            accepted += response.IsSuccessStatusCode ? 1 : 0;
        }

        return accepted;
    }

    /// <summary>Creates predictions that differ for each number.</summary>
    private static UploadForm CreateDistinct(int i) => UploadForm.Tiny("").Test1(i % 3, i / 3 % 3, i / 9 % 3, i / 27 % 3, 0, 0);
}
