using System.Net;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>What organisers do on their pages, and that all of it is in the audit log.</summary>
public sealed class OrganiseTests : IAsyncLifetime
{
    private readonly OwnServer _server = new();
    private TestAccount _organiser = null!;
    private TestAccount _one = null!;
    private Guid _submission;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync(more: "--Coos:Access:Submissions=SignedIn");
        _organiser = await TestAccount.RegisterAsync(_server, "Organiser", isOrganiser: true);
        _one = await TestAccount.RegisterAsync(_server, "One");
        using var program = await _one.ProgramAsync();
        _submission = (Guid)(await program.SubmitScoredAsync(UploadForm.Tiny("", "The first").Test2(0, 0, 0, 1, 1, 1)))["id"]!;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_submission_is_hidden_shown_verified_scored_anew_and_deleted_when_that_is_meant()
    {
        foreach (var act in new[] { "hide", "show", "unverify", "verify", "score" })
        {
            await ActAsync("/organise", $"{act} {_submission}");
            var listed = (int)(await _server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard"))["total"]!;
            Assert.Equal(act == "hide" ? 0 : 1, listed);
        }

        await SubmissionRow.AwaitAsync(_server, _submission, s => s.Status == Shared.Submissions.SubmissionStatus.Scored);
        using var unsure = await _organiser.Browser.SendAsync("/organise", "act", ("act", $"delete {_submission}"));
        Assert.Equal((HttpStatusCode.BadRequest, 1), (unsure.StatusCode, await StoredRows.CountSentAsync(_server.Services)));
        await ActAsync("/organise", $"delete {_submission}", ("sure", "yes"));

        Assert.Equal(0, await StoredRows.CountSentAsync(_server.Services));
        Assert.Equal(
            ["submission.hide", "submission.show", "submission.unverify", "submission.verify", "submission.reevaluate", "submission.delete"],
            await ActionsAsync());
        var page = await _organiser.Browser.ReadAsync("/organise/audit");
        Assert.Contains("submission.reevaluate", page, StringComparison.Ordinal);
        Assert.Contains(_submission.ToString(), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_predictions_of_another_submitter_are_flagged()
    {
        var two = await TestAccount.RegisterAsync(_server, "Two");
        using var program = await two.ProgramAsync();
        await program.SubmitScoredAsync(UploadForm.Tiny("", "The copy").Test2(0, 0, 0, 1, 1, 1));
        await program.SubmitScoredAsync(UploadForm.Tiny("", "Their own").Test2(0, 0, 0, 1, 1, 0));

        var flagged = await _organiser.Browser.ReadAsync("/organise?show=same");
        var filtered = await _organiser.Browser.ReadAsync("/organise?show=same&q=copy");

        Assert.Contains("the same predictions as <a href=\"/submissions/", flagged, StringComparison.Ordinal);
        Assert.Contains("2 submissions", flagged, StringComparison.Ordinal);
        Assert.DoesNotContain("Their own", flagged, StringComparison.Ordinal);
        Assert.Contains("1 submission<", filtered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_are_made_organisers_given_quotas_closed_and_helped_with_passwords_but_the_last_organiser_stays()
    {
        await ActAsync("/organise/users", $"organiser {_one.Id}");
        await ActAsync("/organise/users", $"participant {_one.Id}");
        await ActAsync("/organise/users", $"quota {_one.Id}", ("quota", "3"));
        await ActAsync("/organise/users", $"close {_one.Id}");
        await ActAsync("/organise/users", $"open {_one.Id}");
        using var wrong = await _organiser.Browser.SendAsync("/organise/users", "act", ("act", $"quota {_one.Id}"), ("quota", "0"));
        using var last = await _organiser.Browser.SendAsync("/organise/users", "act", ("act", $"participant {_organiser.Id}"));
        using var closed = await _organiser.Browser.SendAsync("/organise/users", "act", ("act", $"close {_organiser.Id}"));
        using var link = await _organiser.Browser.SendAsync("/organise/users", "act", ("act", $"reset {_one.Id}"));

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest], [wrong.StatusCode, last.StatusCode, closed.StatusCode]);
        Assert.Equal(["account.organiser", "account.participant", "account.quota", "account.close", "account.open", "account.reset-link"], await ActionsAsync());
        var page = WebUtility.HtmlDecode(await link.ReadTextAsync());
        var start = page.IndexOf("/account/reset?id=", StringComparison.Ordinal);
        using var set = await new TestBrowser(_server.Address).SendAsync(page[start..page.IndexOf('<', start)], "reset", ("password", "by the organiser's link"));
        Assert.Equal(HttpStatusCode.Redirect, set.StatusCode);
        await using var database = await _server.OpenDatabaseAsync();
        Assert.Equal((false, 3), await database.Users.Where(a => a.Id == _one.Id).Select(a => new ValueTuple<bool, int?>(a.IsOrganiser, a.QuotaPerDay)).SingleAsync(Cancellation));
    }

    [Fact]
    public async Task Labels_are_looked_at_and_put_in_force_on_the_page()
    {
        var page = await _organiser.Browser.ReadAsync("/organise/labels");
        Assert.Contains("tiny, test3 (no labels yet)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("tiny, test1", page, StringComparison.Ordinal);

        var preview = await _organiser.Browser.UploadAsync("/organise/labels", "labels", "image_id,label\nc-0,0\n", ("target", "tiny/test3"), ("act", "preview"));
        Assert.Contains("What would change: test3 of tiny", preview, StringComparison.Ordinal);
        var import = await _organiser.Browser.UploadAsync("/organise/labels", "labels", "image_id,label\nc-0,0\n", ("target", "tiny/test3"), ("act", "import"));
        Assert.Contains("In force: test3 of tiny", import, StringComparison.Ordinal);
        Assert.Equal(["labels.import"], await ActionsAsync());
    }

    private async Task ActAsync(string page, string act, params (string, string)[] more)
    {
        using var answer = await _organiser.Browser.SendAsync(page, "act", [("act", act), .. more]);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{act}: {answer.StatusCode} {await answer.ReadTextAsync()}");
    }

    private async Task<List<string>> ActionsAsync()
    {
        await using var database = await _server.OpenDatabaseAsync();
        return await database.AuditEntries.OrderBy(e => e.At).Select(e => e.Action).ToListAsync(Cancellation);
    }
}
