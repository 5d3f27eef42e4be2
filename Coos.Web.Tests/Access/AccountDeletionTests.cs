using System.IO.Pipelines;
using System.Net;
using System.Text;
using Coos.Server.Submissions;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>People delete their account; their entries become anonymous or go, and what was told about labels is kept.</summary>
public sealed class AccountDeletionTests
{
    private const string Page = "/account/delete";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("anonymous", 1)]
    [InlineData("delete", 0)]
    public async Task Entries_become_anonymous_or_are_deleted(string choice, int kept)
    {
        await using var server = await TestServer.StartSignedInAsync();
        var ada = await TestAccount.RegisterAsync(server, "Ada Lovelace");
        using var client = await ada.CreateClientAsync();
        var shown = await client.SubmitScoredAsync(UploadForm.Tiny("", "Engine").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2));
        var hidden = await client.SubmitScoredAsync(UploadForm.Tiny("", "Draft").Field("visibility", "private").Test1(0, 1, 1, 1, 2, 2));

        using var response = await ada.Browser.SendAsync(Page, "delete-account", Fields(choice, "ada  lovelace"));

        Assert.Equal((HttpStatusCode.Redirect, "/account/sign-in"), (response.StatusCode, response.Headers.Location?.AbsolutePath));
        var board = (await server.Client.GetJsonAsync("/api/benchmarks/tiny/leaderboard"))["rows"]!.AsArray();
        Assert.Equal(Enumerable.Repeat("Anonymous", kept), board.Select(r => (string?)r!["submitter"]));
        using var page = await server.Client.GetAsync((string)shown["links"]!["page"]!, Cancellation);
        Assert.Equal(kept == 1 ? HttpStatusCode.OK : HttpStatusCode.NotFound, page.StatusCode);
        Assert.DoesNotContain("Lovelace", await page.ReadTextAsync(), StringComparison.Ordinal);

        // A private entry has no owner who could see it, and must not become visible to everyone who knows its URL.
        using var gone = await server.Client.GetAsync((string)hidden["links"]!["self"]!, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task All_credentials_are_deleted_and_the_name_is_free_again()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var ada = await TestAccount.RegisterAsync(server, "Ada");
        using var client = await ada.CreateClientAsync();
        using var upload = await client.PostAsync(
            "/api/uploads",
            new UploadForm().Field("benchmark", "tiny").Test1(0, 0, 0, 1, 1, 2).Content,
            Cancellation
        );
        Assert.Equal(HttpStatusCode.Created, upload.StatusCode);

        (await ada.Browser.SendAsync(Page, "delete-account", Fields("delete", "Ada"))).Dispose();

        using var byToken = await client.GetAsync("/api/benchmarks", Cancellation);
        using var byCookie = await ada.Browser.GetAsync("/account");
        using var byPassword = await new TestBrowser(server.Address).SendAsync(
            "/account/sign-in",
            "sign-in",
            ("name", "Ada"),
            ("password", TestAccount.Password)
        );
        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.Redirect, HttpStatusCode.BadRequest),
            (byToken.StatusCode, byCookie.StatusCode, byPassword.StatusCode)
        );
        await using var database = await server.OpenDatabaseAsync();
        var row = await database.Users.SingleAsync(a => a.Id == ada.Id, Cancellation);
        Assert.Equal(
            ($"deleted-{ada.Id:N}", null, null, true),
            (row.UserName, row.Email, row.PasswordHash, row is { DeletedAt: not null, DisabledAt: not null })
        );
        Assert.False(await database.ApiTokens.AnyAsync(Cancellation) || await database.Uploads.AnyAsync(Cancellation));
        await TestAccount.RegisterAsync(server, "Ada");
    }

    [Theory]
    [InlineData("", "Ada", TestAccount.Password, "choose what happens to your submissions")]
    [InlineData("delete", "Eve", TestAccount.Password, "this is not the name of your account, Ada")]
    [InlineData("delete", "Ada", "not the password", "the password is not correct")]
    public async Task Without_confirmation_nothing_is_deleted(string choice, string name, string password, string message)
    {
        await using var server = await TestServer.StartSignedInAsync();
        var ada = await TestAccount.RegisterAsync(server, "Ada");
        using var client = await ada.CreateClientAsync();
        await client.SubmitScoredAsync(UploadForm.Tiny("", "Engine").Test1(0, 0, 1, 1, 2, 2));

        using var response = await ada.Browser.SendAsync(
            Page,
            "delete-account",
            ("entries", choice),
            ("name", name),
            ("password", password)
        );

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(message, WebUtility.HtmlDecode(await response.ReadTextAsync()), StringComparison.OrdinalIgnoreCase);
        await using var database = await server.OpenDatabaseAsync();
        Assert.True(await database.Users.AnyAsync(a => a.UserName == "Ada" && a.DeletedAt == null, Cancellation));
    }

    [Fact]
    public async Task The_page_offers_a_choice_only_for_public_submissions()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var ada = await TestAccount.RegisterAsync(server, "Ada");
        using var client = await ada.CreateClientAsync();
        var none = await ada.Browser.ReadAsync(Page);
        await client.SubmitScoredAsync(UploadForm.Tiny("", "Draft").Field("visibility", "private").Test1(0, 1, 1, 1, 2, 2));
        var hidden = await ada.Browser.ReadAsync(Page);
        await client.SubmitScoredAsync(UploadForm.Tiny("", "Engine").Test1(0, 0, 1, 1, 2, 2));
        var both = await ada.Browser.ReadAsync(Page);

        Assert.Contains("You have no submissions.", none, StringComparison.Ordinal);
        Assert.Contains("Your 1 private submission is deleted, with all files and scores.", hidden, StringComparison.Ordinal);
        Assert.All([none, hidden], page => Assert.DoesNotContain("name=\"entries\"", page, StringComparison.Ordinal));
        Assert.Contains("Keep 1 public submission under the name Anonymous, and delete 1 private one", both, StringComparison.Ordinal);
        Assert.All([none, hidden, both], page => Assert.DoesNotContain(">0 ", page, StringComparison.Ordinal));

        using var deleted = await ada.Browser.SendAsync(Page, "delete-account", Fields("delete", "Ada"));
        Assert.Equal(HttpStatusCode.Redirect, deleted.StatusCode);
    }

    [Fact]
    public async Task Without_submissions_no_choice_is_needed()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var ada = await TestAccount.RegisterAsync(server, "Ada");

        using var deleted = await ada.Browser.SendAsync(Page, "delete-account", ("name", "Ada"), ("password", TestAccount.Password));

        Assert.Equal(HttpStatusCode.Redirect, deleted.StatusCode);
    }

    /// <summary>The viewer was read before the body arrived; the entry would have the name of the deleted account.</summary>
    [Fact]
    public async Task A_submission_that_arrives_after_the_deletion_is_refused()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var ada = await TestAccount.RegisterAsync(server, "Ada");
        using var client = await ada.CreateClientAsync();
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var sent = await StartSubmissionAsync(server, client, pipe);

        (await ada.Browser.SendAsync(Page, "delete-account", Fields("delete", "Ada"))).Dispose();
        await pipe.Writer.WriteAsync("--b--\r\n"u8.ToArray(), Cancellation);
        await pipe.Writer.CompleteAsync();
        using var refused = await sent;

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("Account closed", await refused.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await StoredRows.CountSubmittedAsync(server.Services));
    }

    [Fact]
    public async Task The_last_organiser_cannot_delete_their_account_and_others_can()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var one = await TestAccount.RegisterAsync(server, "One", isOrganiser: true);
        using var refused = await one.Browser.SendAsync(Page, "delete-account", Fields("delete", "One"));
        var two = await TestAccount.RegisterAsync(server, "Two", isOrganiser: true);
        using var accepted = await one.Browser.SendAsync(Page, "delete-account", Fields("delete", "One"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (refused.StatusCode, accepted.StatusCode));
        Assert.Contains("last organiser", await refused.ReadTextAsync(), StringComparison.Ordinal);
        var users = await two.Browser.ReadAsync("/organise/users");
        Assert.DoesNotContain("deleted-", users, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_of_a_team_stay_with_its_other_members()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var (ada, bo) = (await TestAccount.RegisterAsync(server, "Ada"), await TestAccount.RegisterAsync(server, "Bo"));
        var code = await FoundTeamAsync(server, ada);
        (await bo.Browser.SendAsync("/account", "join-team", ("code", code))).Dispose();
        using var client = await ada.CreateClientAsync();
        var sent = await client.SubmitScoredAsync(UploadForm.Tiny("", "Shared").Field("visibility", "private").Test1(0, 0, 1, 1, 2, 2));

        (await ada.Browser.SendAsync(Page, "delete-account", Fields("delete", "Ada"))).Dispose();

        using var mate = await bo.CreateClientAsync();
        Assert.Equal("Pair", (string?)(await mate.GetJsonAsync((string)sent["links"]!["self"]!))["submitter"]);
        using var deleted = await mate.DeleteAsync((string)sent["links"]!["self"]!, Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    /// <summary>They still show the name of the account, because they were sent before it joined the team.</summary>
    [Theory]
    [InlineData("anonymous")]
    [InlineData("delete")]
    public async Task Earlier_entries_that_were_shared_with_the_team_lose_the_name(string choice)
    {
        await using var server = await TestServer.StartSignedInAsync();
        var (ada, bo) = (await TestAccount.RegisterAsync(server, "Ada"), await TestAccount.RegisterAsync(server, "Bo"));
        using var client = await ada.CreateClientAsync();
        var earlier = (string)
            (await client.SubmitScoredAsync(UploadForm.Tiny("", "Ada's engine").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2)))["links"]![
                "self"
            ]!;
        using var renamed = await client.PatchAsync(
            earlier,
            new StringContent("""{ "method": "Engine" }""", Encoding.UTF8, "application/json"),
            Cancellation
        );
        var code = await FoundTeamAsync(server, ada);
        (await bo.Browser.SendAsync("/account", "join-team", ("code", code))).Dispose();
        (await ada.Browser.SendAsync("/account", "share-earlier")).Dispose();
        var before = await server.Client.GetStringAsync("/api/benchmarks/tiny/leaderboard", Cancellation);

        (await ada.Browser.SendAsync(Page, "delete-account", Fields(choice, "Ada"))).Dispose();

        using var mate = await bo.CreateClientAsync();
        var document = await mate.GetJsonAsync(earlier);
        var after = await server.Client.GetStringAsync("/api/benchmarks/tiny/leaderboard", Cancellation);
        Assert.Equal(HttpStatusCode.OK, renamed.StatusCode);
        Assert.Equal(("Anonymous", "Engine", null), ((string?)document["submitter"], (string?)document["method"], document["formerNames"]));
        Assert.Contains("Ada", before, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_team_of_the_last_member_is_deleted_with_the_account()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var ada = await TestAccount.RegisterAsync(server, "Ada");
        await FoundTeamAsync(server, ada);
        using var client = await ada.CreateClientAsync();
        var sent = await client.SubmitScoredAsync(UploadForm.Tiny("", "Alone").Test1(0, 0, 1, 1, 2, 2));

        (await ada.Browser.SendAsync(Page, "delete-account", Fields("anonymous", "Ada"))).Dispose();

        Assert.Equal("Anonymous", (string?)(await server.Client.GetJsonAsync((string)sent["links"]!["self"]!))["submitter"]);
        await using var database = await server.OpenDatabaseAsync();
        Assert.False(await database.Teams.AnyAsync(Cancellation));
    }

    /// <summary>Otherwise an account could be deleted to be told more, and the organiser's totals would forget it.</summary>
    [Theory]
    [InlineData("anonymous")]
    [InlineData("delete")]
    public async Task Answers_quotas_and_tries_are_kept(string choice)
    {
        await using var server = new TestServer();
        WideBenchmark.WriteTo(server);
        var manifest = Path.Combine(Path.GetDirectoryName(server.Tiny)!, WideBenchmark.Slug, "benchmark.json");
        var text = await File.ReadAllTextAsync(manifest, Cancellation);
        await File.WriteAllTextAsync(
            manifest,
            text.Replace("\"disclosure\": \"open\"", "\"disclosure\": \"guarded\", \"maximumGain\": 1", StringComparison.Ordinal),
            Cancellation
        );
        await server.StartAsync(settings: ["--Coos:Access:Submissions=SignedIn", "--Coos:Access:Participation=Open"]);
        var ada = await TestAccount.RegisterAsync(server, "Ada");
        using var client = await ada.CreateClientAsync();
        await client.SubmitScoredAsync(WideBenchmark.Submission("First", "", 10, 60, 61));
        await client.SubmitScoredAsync(WideBenchmark.Submission("Second", "", 10, 40, 41));
        var before = await ReadKeptAsync(server);

        (await ada.Browser.SendAsync(Page, "delete-account", Fields(choice, "Ada"))).Dispose();

        Assert.True(before.Answers.Count >= 2);
        Assert.Equivalent(before, await ReadKeptAsync(server), strict: true);
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        foreach (var path in new[] { "/organise/benchmarks", "/organise/quotas" })
        {
            var page = await organiser.Browser.ReadAsync(path);
            Assert.DoesNotContain("Ada", page, StringComparison.Ordinal);
            Assert.DoesNotContain("deleted-", page, StringComparison.Ordinal);
            Assert.DoesNotContain($"{ada.Id}", page, StringComparison.Ordinal);
            Assert.Contains("a deleted account", page, StringComparison.Ordinal);
        }
    }

    /// <summary>Starts a submission whose body ends when the rest is written to the pipe.</summary>
    private static async Task<Task<HttpResponseMessage>> StartSubmissionAsync(TestServer server, HttpClient client, Pipe pipe)
    {
        var body = new StreamContent(pipe.Reader.AsStream());
        body.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "b") } };
        await WritePartAsync(pipe, "benchmark", "tiny");
        await WritePartAsync(pipe, "method", "Late");
        await WritePartAsync(pipe, "test1\"; filename=\"test1.csv", TinyBenchmark.Predictions("test1", 0, 0, 1, 1, 2, 2));

        // The client sends only full buffers before the end.
        await WritePartAsync(pipe, "description", new string('\u6F22', 4000));
        var response = client.PostAsync("/api/submissions", body, Cancellation);
        var limiter = server.Services.GetRequiredService<UploadLimiter>();
        while (limiter.Bytes == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }

        return response;
    }

    private static async Task WritePartAsync(Pipe pipe, string name, string content) =>
        await pipe.Writer.WriteAsync(
            Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n"),
            Cancellation
        );

    private static async Task<(List<string> Answers, List<string> Uses)> ReadKeptAsync(TestServer server)
    {
        await using var database = await server.OpenDatabaseAsync();
        return (
            await database
                .Answers.OrderBy(a => a.Id)
                .Select(a => $"{a.SubmissionId} {a.SubmitterKey} {a.OwnerId}")
                .ToListAsync(Cancellation),
            await database.QuotaUses.OrderBy(q => q.Submitter).Select(q => q.Submitter + " " + q.Used).ToListAsync(Cancellation)
        );
    }

    private static async Task<string> FoundTeamAsync(TestServer server, TestAccount founder)
    {
        (await founder.Browser.SendAsync("/account", "found-team", ("teamName", "Pair"))).Dispose();
        await using var database = await server.OpenDatabaseAsync();
        return await database.Teams.Select(t => t.JoinCode).SingleAsync(Cancellation);
    }

    private static (string, string)[] Fields(string choice, string name) =>
        [("entries", choice), ("name", name), ("password", TestAccount.Password)];
}
