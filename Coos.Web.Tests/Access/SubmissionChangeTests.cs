using System.Net;
using System.Net.Http.Json;
using System.Text;
using Coos.Server.Data;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>Changing and deleting submissions.</summary>
public sealed class SubmissionChangeTests : IAsyncLifetime
{
    private const string Known =
        "method, visibility, description, paperUrl, codeUrl, externalData, run, family, pretraining, trainingImages, ensemble, "
        + "testTimeAdaptation, tunedOn, parameters";

    private readonly TestServer _server = new();
    private TestAccount _owner = null!;
    private HttpClient _client = null!;
    private string _path = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");
        _owner = await TestAccount.RegisterAsync(_server, "Owner");
        _client = await _owner.CreateClientAsync();
        _path = (string)
            (
                await _client.SubmitScoredAsync(
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
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Patch_sets_given_fields_clears_nulls_and_keeps_the_rest()
    {
        using var response = await _client.PatchAsync(
            _path,
            Json("""{ "visibility": "private", "description": null, "paperUrl": "https://example.org/paper" }"""),
            Cancellation
        );

        var changed = await response.ReadJsonAsync();
        Assert.Equal(
            ("private", null, "https://example.org/paper", "https://example.org/code"),
            ((string?)changed["visibility"], (string?)changed["description"], (string?)changed["paperUrl"], (string?)changed["codeUrl"])
        );
        Assert.Equal(0, (int)(await _server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard"))["total"]!);
        await using var database = await _server.OpenDatabaseAsync();
        Assert.Empty(database.AuditEntries);
    }

    [Fact]
    public async Task Patch_sets_run_and_protocol_from_texts_numbers_and_flags()
    {
        using var set = await _client.PatchAsync(
            _path,
            Json(
                """
                { "run": 7, "pretraining": "none", "trainingImages": 4146, "ensemble": false, "testTimeAdaptation": "true",
                  "tunedOn": "reference", "parameters": "11000000", "externalData": true }
                """
            ),
            Cancellation
        );
        var changed = await set.ReadJsonAsync();
        using var cleared = await _client.PatchAsync(_path, Json("""{ "pretraining": null, "ensemble": null }"""), Cancellation);
        var partly = await cleared.ReadJsonAsync();

        Assert.Equal(("7", true), ((string?)changed["run"], (bool?)changed["externalData"]));
        JsonShape.AssertMatches(
            """
            { "pretraining": "none", "trainingImages": 4146, "ensemble": false, "testTimeAdaptation": true, "tunedOn": "reference",
              "parameters": 11000000 }
            """,
            changed["protocol"]!
        );
        JsonShape.AssertMatches(
            """{ "trainingImages": 4146, "testTimeAdaptation": true, "tunedOn": "reference", "parameters": 11000000 }""",
            partly["protocol"]!
        );
    }

    [Fact]
    public async Task A_method_gets_another_name_and_its_page_keeps_the_former_one()
    {
        using var renamed = await _client.PatchAsync(_path, Json("""{ "method": "ResNet -> kNN" }"""), Cancellation);
        var first = await renamed.ReadJsonAsync();
        using var same = await _client.PatchAsync(_path, Json("""{ "method": "ResNet -> kNN", "run": 3 }"""), Cancellation);
        var unchanged = await same.ReadJsonAsync();
        using var again = await _client.PatchAsync(_path, Json("""{ "method": "ResNet50 -> kNN" }"""), Cancellation);
        var second = await again.ReadJsonAsync();
        var page = WebUtility.HtmlDecode(await _owner.Browser.ReadAsync(_path.Replace("/api", "", StringComparison.Ordinal)));
        var board = await _server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard");

        Assert.Equal(("ResNet -> kNN", "Method"), ((string?)first["method"], (string?)first["formerNames"]![0]!["method"]));
        Assert.Single(unchanged["formerNames"]!.AsArray());
        Assert.Equal(["ResNet -> kNN", "Method"], second["formerNames"]!.AsArray().Select(n => (string?)n!["method"]));
        Assert.Contains("Called ResNet -> kNN until", page, StringComparison.Ordinal);
        Assert.Contains("<li>Method, until", page, StringComparison.Ordinal);
        Assert.Equal("ResNet50 -> kNN", (string?)board["rows"]![0]!["method"]);
    }

    /// <summary>Nobody else saw the name, so nobody cited it.</summary>
    [Fact]
    public async Task A_name_that_was_never_public_is_not_kept()
    {
        using var hidden = await _client.PatchAsync(_path, Json("""{ "visibility": "private" }"""), Cancellation);
        using var renamed = await _client.PatchAsync(_path, Json("""{ "method": "Draft" }"""), Cancellation);
        using var published = await _client.PatchAsync(_path, Json("""{ "method": "Final", "visibility": "public" }"""), Cancellation);
        using var again = await _client.PatchAsync(_path, Json("""{ "method": "Final 2", "visibility": "private" }"""), Cancellation);

        Assert.Null((await renamed.ReadJsonAsync())["formerNames"]);
        Assert.Null((await published.ReadJsonAsync())["formerNames"]);
        Assert.Equal(["Final"], (await again.ReadJsonAsync())["formerNames"]!.AsArray().Select(n => (string?)n!["method"]));
    }

    [Fact]
    public async Task Of_many_former_names_the_newest_20_are_shown()
    {
        for (var i = 1; i <= 22; i++)
        {
            (await _client.PatchAsync(_path, Json($$"""{ "method": "Name {{i}}" }"""), Cancellation)).EnsureSuccessStatusCode();
        }

        var names = (await _client.GetJsonAsync(_path))["formerNames"]!.AsArray().Select(n => (string?)n!["method"]);
        Assert.Equal(Enumerable.Range(2, 20).Reverse().Select(i => $"Name {i}"), names);
    }

    [Fact]
    public async Task The_page_renames_a_method_and_others_may_not()
    {
        var page = _path.Replace("/api", "", StringComparison.Ordinal);
        using var sent = await _owner.Browser.SendAsync(page, "change", ("method", "Renamed"), ("visibility", "public"));
        var other = await TestAccount.RegisterAsync(_server, "Other");
        using var stranger = await other.CreateClientAsync();
        using var refused = await stranger.PatchAsync(_path, Json("""{ "method": "Mine" }"""), Cancellation);
        using var empty = await _client.PatchAsync(_path, Json("""{ "method": null }"""), Cancellation);

        Assert.Equal(
            (HttpStatusCode.Redirect, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest),
            (sent.StatusCode, refused.StatusCode, empty.StatusCode)
        );
        var document = await _server.Client.GetJsonAsync(_path);
        Assert.Equal(("Renamed", "Method"), ((string?)document["method"], (string?)document["formerNames"]![0]!["method"]));
    }

    [Theory]
    [InlineData(
        "[]",
        "The request body cannot be read",
        "Nothing was changed. The body is not a JSON object. Send an object with " + Known + ".",
        null
    )]
    [InlineData(
        "{",
        "The request body cannot be read",
        "Nothing was changed. Line 1 is not valid JSON: Expected depth to be zero at the end of the JSON payload. "
            + "There is an open JSON object or array that should be closed. Send an object with "
            + Known
            + ".",
        null
    )]
    [InlineData(
        "{\"submitter\":\"x\"}",
        "Invalid change",
        "Nothing was changed. Correct the fields listed below and send the request again.",
        """[ { "field": "submitter", "code": "unknown-field", "message": "this field cannot be changed; allowed: method, visibility, """
            + """description, paperUrl, codeUrl, externalData, run, family, pretraining, trainingImages, ensemble, testTimeAdaptation, """
            + """tunedOn, parameters" } ]"""
    )]
    [InlineData(
        "{\"visibility\":1}",
        "Invalid change",
        "Nothing was changed. Correct the fields listed below and send the request again.",
        """[ { "field": "visibility", "code": "bad-value", "message": "visibility is not a string; send a string or null" } ]"""
    )]
    [InlineData(
        "{\"parameters\":1.5,\"ensemble\":[true]}",
        "Invalid change",
        "Nothing was changed. Correct the fields listed below and send the request again.",
        """
            [ { "field": "ensemble", "code": "bad-value", "message": "ensemble is not a string; send a string or null" },
              { "field": "parameters", "code": "bad-value",
                "message": "parameters is not valid; allowed: a whole number from 0 to 9007199254740991, in digits only" } ]
            """
    )]
    [InlineData(
        "{\"paperUrl\":\"javascript:1\"}",
        "Invalid change",
        "Nothing was changed. Correct the fields listed below and send the request again.",
        """
            [ { "field": "paperUrl", "code": "bad-url",
                "message": "paperUrl is not a valid URL; allowed: at most 500 characters that start with https:// or http://" } ]
            """
    )]
    public async Task An_invalid_patch_changes_nothing(string body, string title, string detail, string? errors)
    {
        var before = (await _client.GetJsonAsync(_path)).ToJsonString();

        using var response = await _client.PatchAsync(_path, Json(body), Cancellation);

        await new ExpectedProblem(HttpStatusCode.BadRequest, title, detail) { Errors = errors }.AssertAsync(response);
        Assert.Equal(before, (await _client.GetJsonAsync(_path)).ToJsonString());
    }

    /// <summary>The cases are written as Latin-1, one character per byte.</summary>
    [Theory]
    [InlineData("{\"description\":\"\u00FF\"}")]
    [InlineData("{\"descr\u00BDiption\":\"text\"}")]
    [InlineData("{\"description\":\"\\ud800\"}")]
    public async Task A_patch_with_invalid_Unicode_changes_nothing(string bytes)
    {
        var before = (await _client.GetJsonAsync(_path)).ToJsonString();
        using var body = new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(bytes));
        body.Headers.ContentType = new("application/json");

        using var response = await _client.PatchAsync(_path, body, Cancellation);

        await new ExpectedProblem(
            HttpStatusCode.BadRequest,
            "The request body cannot be read",
            "Nothing was changed. A name or string is not valid Unicode. Send an object with " + Known + "."
        ).AssertAsync(response);
        Assert.Equal(before, (await _client.GetJsonAsync(_path)).ToJsonString());
    }

    [Fact]
    public async Task Deleting_removes_all_stored_data_and_allows_resubmission()
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

        using var deleted = await _client.DeleteAsync(_path, Cancellation);
        using var again = await _client.DeleteAsync(_path, Cancellation);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, again.StatusCode));
        Assert.Equal(
            (0, 0, 0),
            (
                await StoredRows.CountSubmittedAsync(_server.Services),
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
        await _client.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2));
    }

    [Fact]
    public async Task A_submission_can_be_changed_and_deleted_on_its_page_without_JavaScript()
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
        using var unconfirmed = await _owner.Browser.SendAsync(page, "delete");
        using var deleted = await _owner.Browser.SendAsync(page, "delete", ("sure", "yes"));

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.Redirect, HttpStatusCode.Redirect),
            (wrong.StatusCode, right.StatusCode, deleted.StatusCode)
        );
        Assert.Equal(HttpStatusCode.OK, unconfirmed.StatusCode);
        Assert.Contains("Second words", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Edit or delete", guest, StringComparison.Ordinal);
        Assert.Equal(0, await StoredRows.CountSubmittedAsync(_server.Services));
    }

    [Fact]
    public async Task Organiser_changes_to_a_submission_stay_in_the_audit_log()
    {
        var organiser = await TestAccount.RegisterAsync(_server, "Organiser", isOrganiser: true);
        using var client = await organiser.CreateClientAsync();

        (await client.PatchAsJsonAsync(_path, new { visibility = "private" }, Cancellation)).EnsureSuccessStatusCode();
        (await client.DeleteAsync(_path, Cancellation)).EnsureSuccessStatusCode();

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
    public async Task Cross_site_requests_with_a_users_cookie_change_nothing()
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
            using var response = await _owner.Browser.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }

        using var own = new HttpRequestMessage(HttpMethod.Delete, _path) { Headers = { { "Sec-Fetch-Site", "same-origin" } } };
        using var deleted = await _owner.Browser.SendAsync(own);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
