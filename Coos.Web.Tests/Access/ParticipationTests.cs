using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Coos.Server.Data;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>A guarded benchmark accepts submissions only of accounts that an organiser approved.</summary>
public sealed class ParticipationTests : IAsyncLifetime
{
    private const string Mine = "/api/benchmarks/tiny/participation";
    private const string All = "/api/benchmarks/tiny/participants";
    private const string Required = "Nothing was stored. Tiny accepts submissions only of accounts that an organiser approved. ";

    private readonly TestServer _server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_account_asks_is_approved_and_submits_until_the_approval_is_withdrawn()
    {
        await StartAsync();
        var account = await TestAccount.RegisterAsync(_server, "Ada");
        using var client = await account.CreateClientAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(_server);
        using var unknown = await client.SubmitAsync(Form(1));
        var before = await client.GetJsonAsync(Mine);

        var asked = await AskAsync(client, "I study cells.");
        var again = await AskAsync(client, "Another message");
        using var waiting = await client.SubmitAsync(Form(1));
        var requests = await organiser.GetJsonAsync(All);
        using var approved = await organiser.PutAsJsonAsync($"{All}/{account.Id}", new { state = "approved" }, Cancellation);
        var sent = await client.SubmitScoredAsync(Form(1));
        using var withdrawn = await organiser.PutAsJsonAsync($"{All}/{account.Id}", new { state = "rejected" }, Cancellation);
        using var refused = await client.SubmitAsync(Form(2));
        var after = await AskAsync(client, "Please");

        await Forbidden($"{Required}Ask to take part at /benchmarks/tiny/submit, or with POST {Mine}.").AssertAsync(unknown);
        Assert.Equal(("none", true), ((string?)before["state"], (bool)before["required"]!));
        Assert.Null(before["requestedAt"]);
        Assert.Equal(("requested", "requested"), ((string?)asked["state"], (string?)again["state"]));
        Assert.Equal((string?)asked["requestedAt"], (string?)again["requestedAt"]);
        await Forbidden(
                $"{Required}You asked to take part on {(DateTime)asked["requestedAt"]!:yyyy-MM-dd} (UTC), and no organiser has decided "
                    + $"yet. GET {Mine} has the state of your request."
            )
            .AssertAsync(waiting);
        var request = Assert.Single(requests.AsArray())!;
        Assert.Equal(
            ("Ada", "I study cells.", "requested", "127.0.0.0/24", 2),
            (
                (string?)request["name"],
                (string?)request["message"],
                (string?)request["state"],
                (string?)request["network"],
                (int)request["accountsFromNetwork"]!
            )
        );
        Assert.Equal("approved", (string?)(await approved.ReadJsonAsync())["state"]);
        Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        await Forbidden($"{Required}An organiser did not approve your account, or withdrew the approval; contact them.")
            .AssertAsync(refused);
        Assert.Equal("rejected", (string?)after["state"]);
        Assert.NotNull(after["decidedAt"]);
        Assert.Equal("Ada", (string?)(await _server.Client.GetJsonAsync($"/api/submissions/{sent["id"]}"))["submitter"]);
        await using var database = await _server.OpenDatabaseAsync();
        var log = await database.AuditEntries.OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync(Cancellation);
        Assert.Equal(
            [("participation.approve", "Ada", "tiny"), ("participation.reject", "Ada", "tiny")],
            log.Select(e => (e.Action, e.Target, e.Detail ?? ""))
        );
    }

    [Fact]
    public async Task The_pages_work_without_a_script()
    {
        await StartAsync();
        var account = await TestAccount.RegisterAsync(_server, "Ada");
        var organiser = await TestAccount.RegisterAsync(_server, "Organiser", isOrganiser: true);
        const string Page = "/benchmarks/tiny/participation";

        var submit = await account.Browser.ReadAsync("/benchmarks/tiny/submit");
        using var asked = await account.Browser.SendFormAsync(Page, submit, "ask", ("message", "Hello <b>you</b>\r\nthere"));
        var waiting = await account.Browser.ReadAsync("/benchmarks/tiny/submit");
        var requests = await organiser.Browser.ReadAsync("/organise/participants");
        using var decided = await organiser.Browser.SendAsync("/organise/participants", "decide", ("act", $"approve tiny {account.Id}"));
        var approved = await account.Browser.ReadAsync(Page);
        var form = await account.Browser.ReadAsync("/benchmarks/tiny/submit");

        Assert.Contains("Ask to take", submit, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"method\"", submit, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        Assert.Contains("You asked to take part", waiting, StringComparison.Ordinal);
        Assert.Contains("Hello &lt;b&gt;you&lt;/b&gt;", requests, StringComparison.Ordinal);
        Assert.Contains("1 open request,", requests, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, decided.StatusCode);
        Assert.Contains("Account approved.", await organiser.Browser.ReadAsync("/organise/participants"), StringComparison.Ordinal);
        Assert.Contains("Your account is approved.", approved, StringComparison.Ordinal);
        Assert.Contains("name=\"method\"", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uploads_need_an_approval_and_validation_does_not()
    {
        await StartAsync();
        using var client = await (await TestAccount.RegisterAsync(_server, "Ada")).CreateClientAsync();
        var file = new UploadForm().Field("benchmark", "tiny").File("test1", TinyBenchmark.Predictions("test1", 0, 0, 1, 1, 2, 2));

        using var upload = await client.PostAsync("/api/uploads", file.Content, Cancellation);
        using var validation = await client.ValidateAsync(Form(1));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (upload.StatusCode, validation.StatusCode));
    }

    [Fact]
    public async Task A_form_with_files_is_refused_before_it_is_read()
    {
        await StartAsync();
        var account = await TestAccount.RegisterAsync(_server, "Ada");
        var body = new WatchedBody("multipart/form-data; boundary=b", 1 << 20);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/benchmarks/tiny/submit")
        {
            Content = body,
            Headers = { ExpectContinue = true },
        };

        using var response = await account.Browser.SendAsync(request);

        Assert.Equal((HttpStatusCode.Forbidden, false), (response.StatusCode, body.IsSent));
        Assert.Contains("Approval required", await response.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_member_of_a_team_needs_an_approval_and_organisers_need_none()
    {
        await StartAsync();
        var (one, two) = (await TestAccount.RegisterAsync(_server, "One"), await TestAccount.RegisterAsync(_server, "Two"));
        (await one.Browser.SendAsync("/account", "found-team", ("teamName", "The Cells"))).Dispose();
        await using var database = await _server.OpenDatabaseAsync();
        var code = await database.Teams.Select(t => t.JoinCode).SingleAsync(Cancellation);
        (await two.Browser.SendAsync("/account", "join-team", ("code", code))).Dispose();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(_server);
        using var approved = await organiser.PutAsJsonAsync($"{All}/{one.Id}", new { state = "approved" }, Cancellation);
        using var first = await one.CreateClientAsync();
        using var second = await two.CreateClientAsync();

        await first.SubmitScoredAsync(Form(1));
        using var refused = await second.SubmitAsync(Form(2));
        await organiser.SubmitScoredAsync(Form(3));
        using var needless = await organiser.PostAsync(Mine, null, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await new ExpectedProblem(
            HttpStatusCode.Conflict,
            "Approval not needed",
            "Nothing was stored. Your account may take part in Tiny without an approval."
        ).AssertAsync(needless);
    }

    /// <summary>Entries that exist when approvals are introduced stay, and their accounts must ask for further ones.</summary>
    [Theory]
    [InlineData("guarded", null, "Approved", false)]
    [InlineData("guarded", null, "Open", true)]
    [InlineData("guarded", false, "Approved", true)]
    [InlineData("guarded", true, "Open", false)]
    [InlineData("open", null, "Approved", true)]
    [InlineData("open", true, "Approved", false)]
    public async Task The_manifest_takes_precedence_over_the_setting(string disclosure, bool? approval, string setting, bool isAccepted)
    {
        await _server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");
        var account = await TestAccount.RegisterAsync(_server, "Ada");
        using var early = await account.CreateClientAsync();
        var entry = await early.SubmitScoredAsync(Form(1));
        await _server.StopAsync();
        await StartAsync(disclosure, approval, $"--Coos:Access:Participation={setting}");
        using var client = await account.CreateClientAsync();

        using var response = await client.SubmitAsync(Form(2));
        var board = await client.GetJsonAsync("/api/benchmarks/tiny/leaderboard?kind=submission");

        Assert.Equal(isAccepted ? HttpStatusCode.Created : HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains(board["rows"]!.AsArray(), r => (string?)r!["id"] == (string?)entry["id"]);
    }

    [Fact]
    public async Task An_open_server_needs_approvals_only_where_the_manifest_says_so()
    {
        await StartAsync("guarded", true, "--Coos:Access:Submissions=Open");

        using var response = await _server.Client.SubmitAsync(UploadForm.Tiny("Somebody").Test1(0, 0, 1, 1, 2, 2));
        var page = await _server.Client.GetStringAsync("/benchmarks/tiny/submit", Cancellation);

        await new ExpectedProblem(
            HttpStatusCode.Unauthorized,
            "Sign in to submit",
            $"{Required}Sign in at /account, or create an API token there and send it as Authorization: Bearer TOKEN."
        ).AssertAsync(response);
        Assert.Contains("/account/sign-in?returnUrl=%2Fbenchmarks%2Ftiny%2Fsubmit", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalid_requests_are_refused_and_change_nothing()
    {
        await StartAsync();
        var account = await TestAccount.RegisterAsync(_server, "Ada");
        using var client = await account.CreateClientAsync();
        using var reader = await account.CreateClientAsync(TokenScopes.Read);
        using var organiser = await TestAccount.CreateOrganiserClientAsync(_server);

        using var unknown = await client.PostAsJsonAsync(Mine, new { mesage = "x" }, Cancellation);
        using var tooLong = await client.PostAsJsonAsync(Mine, new { message = new string('x', 1001) }, Cancellation);
        using var broken = await client.PostAsync(Mine, new StringContent("{", null, "application/json"), Cancellation);
        using var text = await client.PostAsync(Mine, new StringContent("hello"), Cancellation);
        using var scope = await reader.PostAsync(Mine, null, Cancellation);
        using var state = await organiser.PutAsJsonAsync($"{All}/{account.Id}", new { state = "perhaps" }, Cancellation);
        using var nobody = await organiser.PutAsJsonAsync($"{All}/{Guid.Empty}", new { state = "approved" }, Cancellation);

        Assert.Equal(
            [400, 400, 400, 415, 403, 400, 404],
            [
                (int)unknown.StatusCode,
                (int)tooLong.StatusCode,
                (int)broken.StatusCode,
                (int)text.StatusCode,
                (int)scope.StatusCode,
                (int)state.StatusCode,
                (int)nobody.StatusCode,
            ]
        );
        Assert.Contains("message has 1001 characters; allowed: up to 1000", await tooLong.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Empty((await organiser.GetJsonAsync(All)).AsArray());
        Assert.Equal("none", (string?)(await client.GetJsonAsync(Mine))["state"]);
    }

    [Fact]
    public async Task Concurrent_requests_are_one_request()
    {
        await StartAsync();
        using var client = await (await TestAccount.RegisterAsync(_server, "Ada")).CreateClientAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => AskAsync(client, $"number {i}")));

        Assert.Single(responses.Select(r => (string?)r["requestedAt"]).Distinct());
    }

    [Fact]
    public async Task An_approval_survives_a_new_name_and_is_deleted_with_its_account()
    {
        await StartAsync();
        var account = await TestAccount.RegisterAsync(_server, "Ada");
        using var client = await account.CreateClientAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(_server);
        using var approved = await organiser.PutAsJsonAsync($"{All}/{account.Id}", new { state = "approved" }, Cancellation);
        await using var database = await _server.OpenDatabaseAsync();
        await database
            .Users.Where(a => a.Id == account.Id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(a => a.UserName, "Ada L").SetProperty(a => a.NormalizedUserName, "ADA L"),
                Cancellation
            );

        var renamed = await client.GetJsonAsync(Mine);
        await database.ApiTokens.Where(t => t.AccountId == account.Id).ExecuteDeleteAsync(Cancellation);
        await database.Users.Where(a => a.Id == account.Id).ExecuteDeleteAsync(Cancellation);

        Assert.Equal("approved", (string?)renamed["state"]);
        Assert.False(await database.Participations.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task Organisers_see_networks_with_several_accounts_and_the_totals_of_each_account()
    {
        await StartAsync("open", null, "--Coos:Proxies=127.0.0.1");
        foreach (var (name, address) in new[] { ("A", "192.0.2.7"), ("B", "192.0.2.200"), ("C", "2001:db8:1:2::1"), ("D", "198.51.100.1") })
        {
            var browser = new TestBrowser(_server.Address, address);
            using var response = await browser.SendAsync(
                "/account/register",
                "register",
                ("name", name),
                ("password", TestAccount.Password)
            );
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        }

        var organiser = await TestAccount.RegisterAsync(_server, "Organiser", isOrganiser: true);
        using var client = await organiser.CreateClientAsync();
        await client.SubmitScoredAsync(Form(1));
        await client.SubmitScoredAsync(Form(2));
        await using var database = await _server.OpenDatabaseAsync();
        await database.QuotaUses.ExecuteUpdateAsync(set => set.SetProperty(q => q.Day, new DateTime(2026, 1, 1)), Cancellation);
        await client.SubmitScoredAsync(Form(3));

        var users = await organiser.Browser.ReadAsync("/organise/users");
        var quotas = await organiser.Browser.ReadAsync("/organise/quotas");
        var networks = await database.Users.OrderBy(a => a.UserName).Select(a => a.Network).ToListAsync(Cancellation);

        Assert.Equal(["192.0.2.0/24", "192.0.2.0/24", "2001:db8:1::/48", "198.51.100.0/24", "127.0.0.0/24"], networks);
        Assert.Matches(@"<code>192.0.2.0/24</code>: 2 accounts from this network,\s+A, B\s*<", users);
        Assert.DoesNotContain("198.51.100", users, StringComparison.Ordinal);
        Assert.Matches(@"Organiser</th>\s*<td>tiny</td>\s*<td class=""num"">3</td>\s*<td class=""num"">1</td>", quotas);
    }

    [Fact]
    public async Task Participants_receive_the_decision_by_mail()
    {
        await using var mail = new StubMailServer();
        await StartAsync(
            "guarded",
            null,
            "--Coos:PublicAddress=https://coos.example.org",
            "--Coos:Mail:Host=127.0.0.1",
            $"--Coos:Mail:Port={mail.Port}",
            "--Coos:Mail:From=COOS <coos@example.org>",
            "--Coos:Mail:AllowPlainText=true"
        );
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await using var database = await _server.OpenDatabaseAsync();
        database.AddRange(
            NewAccount(id, "Ada", "ada@example.org"),
            NewAccount(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), "Organiser", "organiser@example.org", isOrganiser: true)
        );
        await database.SaveChangesAsync(Cancellation);
        var organiser = await database.Users.SingleAsync(a => a.IsOrganiser, Cancellation);
        using var client = await TestAccount.Of(_server, organiser.Id, "Organiser").CreateClientAsync();

        using var approved = await client.PutAsJsonAsync($"{All}/{id}", new { state = "approved" }, Cancellation);
        using var again = await client.PutAsJsonAsync($"{All}/{id}", new { state = "approved" }, Cancellation);
        var first = await mail.ReceiveAsync();
        using var rejected = await client.PutAsJsonAsync($"{All}/{id}", new { state = "rejected" }, Cancellation);
        var second = await mail.ReceiveAsync();

        Assert.Contains("To: ada@example.org", first, StringComparison.Ordinal);
        Assert.Contains("https://coos.example.org/benchmarks/tiny/submit", first, StringComparison.Ordinal);
        Assert.Contains("did not approve", second, StringComparison.Ordinal);
        Assert.Equal(0, mail.Waiting);
        Assert.Equal("ada@example.org", (string?)(await again.ReadJsonAsync())["mail"]);
    }

    private static Account NewAccount(Guid id, string name, string mail, bool isOrganiser = false) =>
        new()
        {
            Id = id,
            UserName = name,
            NormalizedUserName = name.ToUpperInvariant(),
            Email = mail,
            NormalizedEmail = mail.ToUpperInvariant(),
            EmailConfirmed = true,
            IsOrganiser = isOrganiser,
            SecurityStamp = "1",
        };

    private async Task StartAsync(string disclosure = "guarded", bool? approval = null, params string[] settings)
    {
        var rule = approval is { } needed ? $", \"participation\": {{ \"approval\": {(needed ? "true" : "false")} }}" : "";
        await _server.ReplaceInManifestAsync("\"disclosure\": \"open\"", $"\"disclosure\": \"{disclosure}\"{rule}");
        await _server.StartAsync(settings: ["--Coos:Access:Submissions=SignedIn", .. settings]);
    }

    private static async Task<JsonNode> AskAsync(HttpClient client, string message)
    {
        using var response = await client.PostAsJsonAsync(Mine, new { message }, Cancellation);
        return await response.ReadJsonAsync(HttpStatusCode.Accepted);
    }

    private static UploadForm Form(int number) => UploadForm.Tiny("").Test1(number % 3, 0, 1, 1, 2, number / 3);

    private static ExpectedProblem Forbidden(string detail) => new(HttpStatusCode.Forbidden, "Approval required", detail);
}
