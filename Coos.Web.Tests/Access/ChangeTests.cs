using System.Net;
using System.Net.Http.Json;
using System.Text;
using Coos.Server.Data;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>Changing and deleting submissions.</summary>
public sealed class ChangeTests : IAsyncLifetime
{
    private readonly OwnServer _server = new();
    private TestAccount _owner = null!;
    private HttpClient _program = null!;
    private string _path = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync(more: "--Coos:Access:Submissions=SignedIn");
        _owner = await TestAccount.RegisterAsync(_server, "Owner");
        _program = await _owner.ProgramAsync();
        _path = (string)
            (
                await _program.SubmitScoredAsync(
                    UploadForm
                        .Tiny("")
                        .Field("description", "First words")
                        .Field("codeUrl", "https://example.org/code")
                        .Test1(0, 0, 1, 1, 2, 2)
                        .Test2(0, 0, 0, 1, 1, 2)
                )
            )["links"]!["self"]!;
    }

    public async ValueTask DisposeAsync()
    {
        _program.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task What_is_sent_changes_what_is_null_is_cleared_and_the_rest_stays()
    {
        using var answer = await _program.PatchAsync(
            _path,
            Json("""{ "visibility": "private", "description": null, "paperUrl": "https://example.org/paper" }"""),
            Cancellation
        );

        var changed = await answer.ReadJsonAsync();
        Assert.Equal(
            ("private", null, "https://example.org/paper", "https://example.org/code"),
            ((string?)changed["visibility"], (string?)changed["description"], (string?)changed["paperUrl"], (string?)changed["codeUrl"])
        );
        Assert.Equal(0, (int)(await _server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard"))["total"]!);
        await using var database = await _server.OpenDatabaseAsync();
        Assert.Empty(database.AuditEntries);
    }

    [Theory]
    [InlineData(
        "[]",
        "The change cannot be read",
        "Nothing was changed. It is not a JSON object. Send an object of visibility, description, paperUrl, codeUrl.",
        null
    )]
    [InlineData(
        "{",
        "The change cannot be read",
        "Nothing was changed. Line 1 is not valid JSON. Send an object of visibility, description, paperUrl, codeUrl.",
        null
    )]
    [InlineData(
        "{\"method\":\"x\"}",
        "The change is not understood",
        "Nothing was changed. Correct the fields named below and send it again.",
        """[ { "field": "method", "code": "unknown-field", "message": "this cannot be changed; allowed: visibility, description, paperUrl, codeUrl" } ]"""
    )]
    [InlineData(
        "{\"visibility\":1}",
        "The change is not understood",
        "Nothing was changed. Correct the fields named below and send it again.",
        """[ { "field": "visibility", "code": "bad-value", "message": "visibility is no text" } ]"""
    )]
    [InlineData(
        "{\"paperUrl\":\"javascript:1\"}",
        "The change is not understood",
        "Nothing was changed. Correct the fields named below and send it again.",
        """[ { "field": "paperUrl", "code": "bad-url", "message": "paperUrl is not a valid URL; allowed: at most 500 characters that start with https:// or http://" } ]"""
    )]
    public async Task A_change_that_is_wrong_changes_nothing(string body, string title, string detail, string? errors)
    {
        var before = (await _program.GetJsonAsync(_path)).ToJsonString();

        using var answer = await _program.PatchAsync(_path, Json(body), Cancellation);

        await new ExpectedProblem(HttpStatusCode.BadRequest, title, detail) { Errors = errors }.AssertAsync(answer);
        Assert.Equal(before, (await _program.GetJsonAsync(_path)).ToJsonString());
    }

    /// <summary>Bytes are written as Latin-1 here, one a character.</summary>
    [Theory]
    [InlineData("{\"description\":\"\u00FF\"}")]
    [InlineData("{\"descr\u00BDiption\":\"text\"}")]
    [InlineData("{\"description\":\"\\ud800\"}")]
    public async Task A_change_that_is_no_Unicode_changes_nothing(string bytes)
    {
        var before = (await _program.GetJsonAsync(_path)).ToJsonString();
        using var body = new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(bytes));
        body.Headers.ContentType = new("application/json");

        using var answer = await _program.PatchAsync(_path, body, Cancellation);

        await new ExpectedProblem(
            HttpStatusCode.BadRequest,
            "The change cannot be read",
            "Nothing was changed. A name or text in it is not valid Unicode. Send an object of visibility, description, paperUrl, codeUrl."
        ).AssertAsync(answer);
        Assert.Equal(before, (await _program.GetJsonAsync(_path)).ToJsonString());
    }

    [Fact]
    public async Task Deleting_removes_all_that_was_made_of_it_and_it_may_be_sent_again()
    {
        var id = Guid.Parse(_path.Split('/')[^1]);
        await using var database = await _server.OpenDatabaseAsync();
        Assert.Equal(
            (2, 1),
            (
                await database.PredictionFiles.CountAsync(f => f.SubmissionId == id, Cancellation),
                await database.Evaluations.CountAsync(e => e.SubmissionId == id, Cancellation)
            )
        );

        using var deleted = await _program.DeleteAsync(_path, Cancellation);
        using var again = await _program.DeleteAsync(_path, Cancellation);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, again.StatusCode));
        Assert.Equal(
            (0, 0, 0),
            (
                await StoredRows.CountSentAsync(_server.Services),
                await database.PredictionFiles.CountAsync(f => f.SubmissionId == id, Cancellation),
                await database.Evaluations.CountAsync(e => e.SubmissionId == id, Cancellation)
            )
        );
        Assert.Equal(
            await database.PredictionFiles.CountAsync(Cancellation),
            await database.Set<OriginalUpload>().CountAsync(Cancellation)
        );
        Assert.False(await database.SplitScores.AnyAsync(s => !database.Evaluations.Any(e => e.Id == s.EvaluationId), Cancellation));
        Assert.Equal(0, (int)(await _server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard"))["total"]!);
        await _program.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2));
    }

    [Fact]
    public async Task The_page_of_a_submission_changes_and_deletes_it_without_a_script()
    {
        var page = _path.Replace("/api", "", StringComparison.Ordinal);

        using var wrong = await _owner.Browser.SendAsync(
            page,
            "change",
            ("visibility", "public"),
            ("description", "x"),
            ("paperUrl", "nowhere"),
            ("codeUrl", "")
        );
        using var right = await _owner.Browser.SendAsync(
            page,
            "change",
            ("visibility", "public"),
            ("description", "Second words"),
            ("paperUrl", ""),
            ("codeUrl", "")
        );
        var text = await _owner.Browser.ReadAsync(page);
        var guest = await _server.Client.GetStringAsync(page, Cancellation);
        using var unsure = await _owner.Browser.SendAsync(page, "delete");
        using var deleted = await _owner.Browser.SendAsync(page, "delete", ("sure", "yes"));

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.Redirect, HttpStatusCode.Redirect),
            (wrong.StatusCode, right.StatusCode, deleted.StatusCode)
        );
        Assert.Equal(HttpStatusCode.OK, unsure.StatusCode);
        Assert.Contains("Second words", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Edit or delete", guest, StringComparison.Ordinal);
        Assert.Equal(0, await StoredRows.CountSentAsync(_server.Services));
    }

    [Fact]
    public async Task What_an_organiser_does_to_somebody_elses_is_in_the_audit_log_and_stays_there()
    {
        var organiser = await TestAccount.RegisterAsync(_server, "Organiser", isOrganiser: true);
        using var program = await organiser.ProgramAsync();

        (await program.PatchAsJsonAsync(_path, new { visibility = "private" }, Cancellation)).EnsureSuccessStatusCode();
        (await program.DeleteAsync(_path, Cancellation)).EnsureSuccessStatusCode();

        await using var database = await _server.OpenDatabaseAsync();
        var entries = await database.AuditEntries.AsTracking().OrderBy(e => e.At).ToListAsync(Cancellation);
        Assert.Equal(
            [("Organiser", "submission.change", "visibility"), ("Organiser", "submission.delete", entries[1].Detail)],
            entries.Select(e => (e.Actor, e.Action, e.Detail))
        );
        Assert.StartsWith("\"Method\" by Owner, sent ", entries[1].Detail, StringComparison.Ordinal);
        Assert.All(entries, e => Assert.EndsWith(e.Target, _path, StringComparison.Ordinal));
        database.Remove(entries[0]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.SaveChangesAsync(Cancellation));
    }

    [Fact]
    public async Task A_page_of_another_site_changes_nothing_with_a_readers_cookie()
    {
        foreach (
            var (name, value) in new[]
            {
                ("Sec-Fetch-Site", "cross-site"),
                ("Origin", "https://evil.example"),
                ("Origin", "null"),
                ("X-Nothing", "said"),
            }
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, _path) { Headers = { { name, value } } };
            using var answer = await _owner.Browser.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        using var own = new HttpRequestMessage(HttpMethod.Delete, _path) { Headers = { { "Sec-Fetch-Site", "same-origin" } } };
        using var deleted = await _owner.Browser.SendAsync(own);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
