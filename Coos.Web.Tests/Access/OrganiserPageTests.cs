using System.Net;
using Coos.Server.Accounts;
using Coos.Server.Data;
using Coos.Server.Organisers;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>Actions on the organiser pages, all of which are in the audit log.</summary>
public sealed partial class OrganiserPageTests : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private TestAccount _organiser = null!;
    private TestAccount _one = null!;
    private Guid _submission;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");
        _organiser = await TestAccount.RegisterAsync(_server, "Organiser", isOrganiser: true);
        _one = await TestAccount.RegisterAsync(_server, "One");
        using var client = await _one.CreateClientAsync();
        _submission = (Guid)(await client.SubmitScoredAsync(UploadForm.Tiny("", "The first").Test2(0, 0, 0, 1, 1, 1)))["id"]!;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Organisers_can_hide_show_check_rescore_and_delete_a_submission()
    {
        foreach (var act in new[] { "hide", "show", "check", "uncheck", "score" })
        {
            await PerformAsync("/organise", $"{act} {_submission}");
            var listed = (int)(await _server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard"))["total"]!;
            Assert.Equal(act == "hide" ? 0 : 1, listed);
        }

        await SubmissionRow.AwaitAsync(_server, _submission, s => s.Status == Shared.Submissions.SubmissionStatus.Scored);
        Assert.Contains("Submission queued for rescoring", await _organiser.Browser.ReadAsync("/organise"), StringComparison.Ordinal);
        await PerformAsync("/organise", $"delete {_submission}");
        Assert.Contains("Submission deleted.", await _organiser.Browser.ReadAsync("/organise"), StringComparison.Ordinal);
        await PerformAsync("/organise", $"hide {_submission}", isPageOpen: false);

        Assert.Equal(0, await StoredRows.CountSubmittedAsync(_server.Services));
        Assert.Equal(
            ["submission.hide", "submission.show", "submission.check", "submission.uncheck", "submission.reevaluate", "submission.delete"],
            await ReadActionsAsync()
        );
        var page = await _organiser.Browser.ReadAsync("/organise/audit");
        Assert.Contains("submission.reevaluate", page, StringComparison.Ordinal);
        Assert.Contains(_submission.ToString(), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identical_predictions_of_another_submitter_are_flagged()
    {
        var two = await TestAccount.RegisterAsync(_server, "Two");
        using var client = await two.CreateClientAsync();
        await client.SubmitScoredAsync(UploadForm.Tiny("", "The copy").Test2(0, 0, 0, 1, 1, 1));
        await client.SubmitScoredAsync(UploadForm.Tiny("", "Their own").Test2(0, 0, 0, 1, 1, 0));

        var flagged = await _organiser.Browser.ReadAsync("/organise?show=same");
        var filtered = await _organiser.Browser.ReadAsync("/organise?show=same&q=copy");

        Assert.Contains("same predictions as <a href=\"/submissions/", flagged, StringComparison.Ordinal);
        Assert.Contains("2 submissions", flagged, StringComparison.Ordinal);
        Assert.DoesNotContain("Their own", flagged, StringComparison.Ordinal);
        Assert.Contains("1 submission<", filtered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_organisers_closing_each_other_at_once_leave_one_open()
    {
        await PerformAsync("/organise/users", $"organiser {_one.Id}");
        for (var round = 0; round < 10; round++)
        {
            var responses = await Task.WhenAll(CloseAsync(_organiser, _one), CloseAsync(_one, _organiser));

            Assert.Equal(1, responses.Count(a => a is null));
            await using var database = await _server.OpenDatabaseAsync();
            Assert.Equal(1, await database.Users.CountAsync(a => a.IsOrganiser && a.DisabledAt == null, Cancellation));
            await database.Users.ExecuteUpdateAsync(set => set.SetProperty(a => a.DisabledAt, (DateTime?)null), Cancellation);
        }
    }

    [Fact]
    public async Task Organisers_can_manage_roles_quotas_closing_and_passwords_except_the_last_organiser()
    {
        await PerformAsync("/organise/users", $"organiser {_one.Id}");
        await PerformAsync("/organise/users", $"participant {_one.Id}");
        await PerformAsync("/organise/users", $"quota {_one.Id}", ($"quota-{_one.Id}", "3"));
        await _one.Browser.ReadAsync("/account");
        await PerformAsync("/organise/users", $"close {_one.Id}");
        await PerformAsync("/organise/users", $"open {_one.Id}");

        // Reopening the account does not restore the browser's session.
        using var redirect = await _one.Browser.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, redirect.StatusCode);
        using var wrong = await _organiser.Browser.SendAsync(
            "/organise/users",
            "act",
            ("act", $"quota {_one.Id}"),
            ($"quota-{_one.Id}", "0")
        );
        using var last = await _organiser.Browser.SendAsync("/organise/users", "act", ("act", $"participant {_organiser.Id}"));
        using var closed = await _organiser.Browser.SendAsync("/organise/users", "act", ("act", $"close {_organiser.Id}"));
        using var link = await _organiser.Browser.SendAsync("/organise/users", "act", ("act", $"reset {_one.Id}"));

        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest],
            [wrong.StatusCode, last.StatusCode, closed.StatusCode]
        );
        Assert.Equal(
            ["account.organiser", "account.participant", "account.quota", "account.close", "account.open", "account.reset-link"],
            await ReadActionsAsync()
        );
        var page = WebUtility.HtmlDecode(await link.ReadTextAsync());
        var start = page.IndexOf("/account/reset?id=", StringComparison.Ordinal);
        using var set = await new TestBrowser(_server.Address).SendAsync(
            page[start..page.IndexOf('<', start)],
            "reset",
            ("password", "by the organiser's link")
        );
        Assert.Equal(HttpStatusCode.Redirect, set.StatusCode);
        await using var database = await _server.OpenDatabaseAsync();
        Assert.Equal(
            (false, 3),
            await database
                .Users.Where(a => a.Id == _one.Id)
                .Select(a => new ValueTuple<bool, int?>(a.IsOrganiser, a.QuotaPerDay))
                .SingleAsync(Cancellation)
        );
    }

    [Fact]
    public async Task A_removed_team_member_cannot_rejoin_with_the_old_code()
    {
        (await _one.Browser.SendAsync("/account", "found-team", ("teamName", "Pair"))).Dispose();
        await using var database = await _server.OpenDatabaseAsync();
        var code = await database.Teams.Select(t => t.JoinCode).SingleAsync(Cancellation);

        await PerformAsync("/organise/users", $"leave-team {_one.Id}");
        using var again = await _organiser.Browser.SendAsync("/organise/users", "act", ("act", $"leave-team {_one.Id}"));
        using var back = await _one.Browser.SendAsync("/account", "join-team", ("code", code));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (again.StatusCode, back.StatusCode));
        Assert.Contains("No team has this code", await back.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Equal(["account.leave-team"], await ReadActionsAsync());
        Assert.False(await database.Users.AnyAsync(a => a.TeamId != null, Cancellation));
    }

    [Fact]
    public async Task Submissions_can_be_filtered_by_state_benchmark_and_name_ignoring_case()
    {
        using var client = await _one.CreateClientAsync();
        await client.SubmitScoredAsync(UploadForm.Tiny("", "Kept back").Field("visibility", "private").Test2(0, 0, 0, 1, 1, 2));

        var all = await _organiser.Browser.ReadAsync("/organise?benchmark=tiny");
        var kept = await _organiser.Browser.ReadAsync("/organise?show=private&benchmark=tiny");
        var named = await _organiser.Browser.ReadAsync("/organise?q=THE+first");
        var others = await _organiser.Browser.ReadAsync("/organise?benchmark=coos-sim&q=first");

        Assert.Contains("2 submissions", all, StringComparison.Ordinal);
        Assert.Contains("Kept back", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("The first", kept, StringComparison.Ordinal);
        Assert.Contains("The first", named, StringComparison.Ordinal);
        Assert.Contains("No submissions match this text", others, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_benchmarks_page_shows_the_state_of_each_benchmark()
    {
        using var client = await _one.CreateClientAsync();
        await client.SubmitScoredAsync(UploadForm.Tiny("", "Kept back").Field("visibility", "private").Test2(0, 0, 0, 1, 1, 2));
        await PerformAsync("/organise", $"hide {_submission}");

        var page = await _organiser.Browser.ReadAsync("/organise/benchmarks");

        var start = page.IndexOf("id=\"b-tiny\"", StringComparison.Ordinal);
        var tiny = page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
        Assert.Equal(["2", "0", "1", "1", "0", "0", "10"], Count().Matches(tiny).Select(m => m.Groups["count"].Value));
        Assert.Contains("<code>test1.csv</code>", tiny, StringComparison.Ordinal);
        Assert.Contains("href=\"/organise/labels?target=tiny%2Ftest3\">Upload labels</a>", tiny, StringComparison.Ordinal);
        Assert.Contains(
            "value=\"tiny/test3\" selected",
            await _organiser.Browser.ReadAsync("/organise/labels?target=tiny%2Ftest3"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Quotas_can_be_listed_set_by_name_and_reset()
    {
        using var granted = await _organiser.Browser.SendAsync("/organise/quotas", "grant", ("name", " one "), ("quota", "2"));
        var page = await _organiser.Browser.ReadAsync("/organise/quotas");
        using var unknown = await _organiser.Browser.SendAsync("/organise/quotas", "grant", ("name", "Nobody"), ("quota", "2"));
        using var wrong = await _organiser.Browser.SendAsync("/organise/quotas", "grant", ("name", "One"), ("quota", "-2"));
        using var client = await _one.CreateClientAsync();
        await client.SubmitScoredAsync(UploadForm.Tiny("").Test2(0, 0, 0, 1, 1, 2));
        using var refused = await client.SubmitAsync(UploadForm.Tiny("").Test2(0, 0, 0, 1, 2, 2));
        var spent = await _organiser.Browser.ReadAsync("/organise/quotas");
        using var reset = await _organiser.Browser.SendAsync("/organise/quotas", "usual", ("id", _one.Id.ToString()));

        Assert.Equal(
            [
                HttpStatusCode.Redirect,
                HttpStatusCode.BadRequest,
                HttpStatusCode.BadRequest,
                HttpStatusCode.TooManyRequests,
                HttpStatusCode.Redirect,
            ],
            new[] { granted, unknown, wrong, refused, reset }.Select(a => a.StatusCode)
        );
        Assert.Contains("Quota set.", page, StringComparison.Ordinal);
        Assert.Contains("There is no account with this name.", await unknown.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Contains("A quota is a whole number from 1 to 1000000.", await wrong.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Matches("<th scope=\"row\">One</th>\\s*<td>tiny</td>\\s*(<td class=\"num\">2</td>\\s*){3}<td>used up</td>", spent);
        Assert.Contains("No account has its own quota.", await _organiser.Browser.ReadAsync("/organise/quotas"), StringComparison.Ordinal);
        Assert.Equal(["account.quota", "account.quota"], await ReadActionsAsync());
    }

    private Task PerformAsync(string page, string act, params (string, string)[] more) => PerformAsync(page, act, isPageOpen: true, more);

    /// <summary>Performs an action on a page, whose rows may have gone since the page was read.</summary>
    private async Task PerformAsync(string page, string act, bool isPageOpen, params (string, string)[] more)
    {
        using var response = isPageOpen
            ? await _organiser.Browser.SendAsync(page, "act", [("act", act), .. more])
            : await _organiser.Browser.PostFormToAsync("/organise/users", "act", page, [("act", act), .. more]);
        Assert.True(response.StatusCode == HttpStatusCode.Redirect, $"{act}: {response.StatusCode} {await response.ReadTextAsync()}");
    }

    private async Task<List<string>> ReadActionsAsync()
    {
        await using var database = await _server.OpenDatabaseAsync();
        return await database.AuditEntries.OrderBy(e => e.At).Select(e => e.Action).ToListAsync(Cancellation);
    }

    [System.Text.RegularExpressions.GeneratedRegex("<dd>(<a [^>]*>)?(?<count>[^<]*)")]
    private static partial System.Text.RegularExpressions.Regex Count();

    private Task<string?> CloseAsync(TestAccount actor, TestAccount closed) =>
        Task.Run(
            async () =>
            {
                await using var scope = _server.Services.CreateAsyncScope();
                var viewer = new Viewer
                {
                    AccountId = actor.Id,
                    Name = actor.Name,
                    HasOrganiserAccount = true,
                    Scopes = TokenScopes.All,
                };
                var audit = ActivatorUtilities.CreateInstance<AuditLog>(scope.ServiceProvider, viewer);
                return await ActivatorUtilities
                    .CreateInstance<AccountAdministration>(scope.ServiceProvider, viewer, audit)
                    .SetClosedAsync(closed.Id, isClosed: true, Cancellation);
            },
            Cancellation
        );
}
