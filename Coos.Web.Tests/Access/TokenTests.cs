using System.Net;
using Coos.Server.Accounts;
using Coos.Server.Data;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>API tokens.</summary>
public sealed class TokenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_made_on_the_page_is_shown_once_submits_and_can_be_revoked()
    {
        await using var server = await OwnServer.SignedInAsync();
        var account = await TestAccount.RegisterAsync(server, "Token maker");

        using var made = await account.Browser.SendAsync(
            "/account",
            "make-token",
            ("tokenName", "cluster"),
            ("scopes", "Submit"),
            ("days", "30")
        );
        var page = await made.ReadTextAsync();
        var start = page.IndexOf(TokenSecret.Prefix, StringComparison.Ordinal);
        var token = page[start..page.IndexOf('<', start)];
        using var program = account.ProgramWith(token);
        var sent = await program.SubmitScoredAsync(UploadForm.Tiny("A name that does not count").Test1(0, 0, 1, 1, 2, 2));
        var later = await account.Browser.ReadAsync("/account");
        await using var database = await server.OpenDatabaseAsync();
        var row = await database.ApiTokens.SingleAsync(Cancellation);
        (await account.Browser.SendAsync("/account", "revoke-token", ("id", row.Id.ToString()))).Dispose();
        using var revoked = await program.SubmitAsync(UploadForm.Tiny("").Test2(0, 0, 0, 1, 1, 2));

        Assert.Equal("no-store", made.Headers.CacheControl?.ToString());
        Assert.Equal(48, token.Length);
        Assert.Equal(("Token maker", true), ((string?)sent["submitter"], (bool)sent["verified"]!));
        Assert.DoesNotContain(TokenSecret.Prefix, later, StringComparison.Ordinal);
        Assert.Contains("cluster", later, StringComparison.Ordinal);
        Assert.Equal(TokenSecret.Hash(token), row.Hash);
        Assert.NotNull(row.LastUsedAt);
        Assert.Equal(30, Math.Round((row.ExpiresAt - row.CreatedAt).TotalDays));
        await Bad("The token was revoked; create a new one at /account.").AssertAsync(revoked);
    }

    [Fact]
    public async Task A_token_that_does_not_count_is_refused_everywhere_in_the_API_and_says_why()
    {
        await using var server = await OwnServer.SignedInAsync();
        var account = await TestAccount.RegisterAsync(server, "Forgetful");
        (string Token, string Reason)[] cases =
        [
            (await account.ExpiredTokenAsync(), "The token expired on 2020-01-01 (UTC); create a new one at /account."),
            (await account.RevokedTokenAsync(), "The token was revoked; create a new one at /account."),
            ("coos_unknown", "This server does not have this token; create a new one at /account."),
        ];

        foreach (var (token, reason) in cases)
        {
            using var program = account.ProgramWith(token);
            using var answer = await program.GetAsync("/api/benchmarks", Cancellation);

            await Bad(reason).AssertAsync(answer);
            Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
        }

        using var basic = new HttpRequestMessage(HttpMethod.Get, "/api/benchmarks")
        {
            Headers = { { "Authorization", "Basic bmFtZTpwYXNz" } },
        };
        using var refused = await server.Client.SendAsync(basic, Cancellation);
        await Bad("The Authorization header is not valid. Send \"Bearer\" and an API token; create one at /account.").AssertAsync(refused);
    }

    [Fact]
    public async Task A_token_may_do_what_its_scopes_say_and_no_more()
    {
        await using var server = await OwnServer.SignedInAsync();
        var account = await TestAccount.RegisterAsync(server, "Scoped", isOrganiser: true);
        using var submit = await account.ProgramAsync(TokenScopes.Submit);
        using var read = await account.ProgramAsync(TokenScopes.Read);
        using var organise = await account.ProgramAsync(TokenScopes.Organise);
        var path = (string)
            (await submit.SubmitScoredAsync(UploadForm.Tiny("").Field("visibility", "private").Test1(0, 0, 1, 1, 2, 2)))["links"]!["self"]!;

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(submit, HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(read, HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(organise, HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(submit, HttpMethod.Get, path + "/predictions/test1"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(read, HttpMethod.Get, path + "/predictions/test1"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(read, HttpMethod.Delete, path));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(read, HttpMethod.Post, "/api/submissions"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(submit, HttpMethod.Put, "/api/benchmarks/tiny/splits/test3/labels"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(read, HttpMethod.Put, "/api/benchmarks/tiny/splits/test3/labels"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(organise, HttpMethod.Put, "/api/benchmarks/tiny/splits/test3/labels"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(submit, HttpMethod.Delete, path));
    }

    [Fact]
    public async Task Who_is_no_organiser_any_more_has_no_power_by_an_old_token_or_cookie()
    {
        await using var server = await OwnServer.SignedInAsync();
        var account = await TestAccount.RegisterAsync(server, "Demoted", isOrganiser: true);
        using var program = await account.ProgramAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(program, HttpMethod.Put, "/api/benchmarks/tiny/splits/test3/labels"));

        await using var database = await server.OpenDatabaseAsync();
        await database.Users.ExecuteUpdateAsync(set => set.SetProperty(a => a.IsOrganiser, false), Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(program, HttpMethod.Put, "/api/benchmarks/tiny/splits/test3/labels"));

        await database.Users.ExecuteUpdateAsync(set => set.SetProperty(a => a.DisabledAt, DateTime.UnixEpoch), Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(program, HttpMethod.Get, "/api/benchmarks"));
        using var page = await account.Browser.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    private static ExpectedProblem Bad(string reason) => new(HttpStatusCode.Unauthorized, "Invalid token", reason);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var answer = await client.SendAsync(request, Cancellation);
        await answer.ReadTextAsync();
        return answer.StatusCode;
    }
}
