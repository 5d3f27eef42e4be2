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
    public async Task A_token_created_on_the_page_is_shown_once_submits_and_can_be_revoked()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var account = await TestAccount.RegisterAsync(server, "Token maker");

        using var created = await account.Browser.SendAsync(
            "/account",
            "make-token",
            ("tokenName", "cluster"),
            ("scopes", "Submit"),
            ("days", "30")
        );
        var page = await created.ReadTextAsync();
        var start = page.IndexOf(TokenSecret.Prefix, StringComparison.Ordinal);
        var token = page[start..page.IndexOf('<', start)];
        using var client = account.CreateClientWith(token);
        var sent = await client.SubmitScoredAsync(UploadForm.Tiny("A name that does not count").Test1(0, 0, 1, 1, 2, 2));
        var later = await account.Browser.ReadAsync("/account");
        await using var database = await server.OpenDatabaseAsync();
        var row = await database.ApiTokens.SingleAsync(Cancellation);
        (await account.Browser.SendAsync("/account", "revoke-token", ("id", row.Id.ToString()))).Dispose();
        using var revoked = await client.SubmitAsync(UploadForm.Tiny("").Test2(0, 0, 0, 1, 1, 2));

        Assert.Equal("no-store", created.Headers.CacheControl?.ToString());
        Assert.Equal(48, token.Length);
        Assert.Equal(("Token maker", true), ((string?)sent["submitter"], (bool)sent["verified"]!));
        Assert.DoesNotContain(TokenSecret.Prefix, later, StringComparison.Ordinal);
        Assert.Contains("cluster", later, StringComparison.Ordinal);
        Assert.Equal(TokenSecret.Hash(token), row.Hash);
        Assert.NotNull(row.LastUsedAt);
        Assert.Equal(30, Math.Round((row.ExpiresAt - row.CreatedAt).TotalDays));
        await InvalidToken("The token was revoked; create a new one at /account.").AssertAsync(revoked);
    }

    [Fact]
    public async Task An_invalid_token_is_rejected_by_every_API_call_with_the_reason()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var account = await TestAccount.RegisterAsync(server, "Forgetful");
        (string Token, string Reason)[] cases =
        [
            (await account.CreateExpiredTokenAsync(), "The token expired on 2020-01-01 (UTC); create a new one at /account."),
            (await account.CreateRevokedTokenAsync(), "The token was revoked; create a new one at /account."),
            ("coos_unknown", "This server does not have this token; create a new one at /account."),
        ];

        foreach (var (token, reason) in cases)
        {
            using var client = account.CreateClientWith(token);
            using var response = await client.GetAsync("/api/benchmarks", Cancellation);

            await InvalidToken(reason).AssertAsync(response);
            Assert.Equal("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString());
        }

        using var basic = new HttpRequestMessage(HttpMethod.Get, "/api/benchmarks")
        {
            Headers = { { "Authorization", "Basic bmFtZTpwYXNz" } },
        };
        using var refused = await server.Client.SendAsync(basic, Cancellation);
        await InvalidToken("The Authorization header is not valid. Send \"Bearer\" and an API token; create one at /account.")
            .AssertAsync(refused);
    }

    [Fact]
    public async Task A_token_is_limited_to_its_scopes()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var account = await TestAccount.RegisterAsync(server, "Scoped", isOrganiser: true);
        using var submit = await account.CreateClientAsync(TokenScopes.Submit);
        using var read = await account.CreateClientAsync(TokenScopes.Read);
        using var organise = await account.CreateClientAsync(TokenScopes.Organise);
        var path = (string)
            (await submit.SubmitScoredAsync(UploadForm.Tiny("").Field("visibility", "private").Test1(0, 0, 1, 1, 2, 2)))["links"]!["self"]!;

        Assert.Equal(HttpStatusCode.OK, await GetStatusAsync(submit, HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.OK, await GetStatusAsync(read, HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.OK, await GetStatusAsync(organise, HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.Forbidden, await GetStatusAsync(submit, HttpMethod.Get, path + "/predictions/test1"));
        Assert.Equal(HttpStatusCode.OK, await GetStatusAsync(read, HttpMethod.Get, path + "/predictions/test1"));
        Assert.Equal(HttpStatusCode.Forbidden, await GetStatusAsync(read, HttpMethod.Delete, path));
        Assert.Equal(HttpStatusCode.Forbidden, await GetStatusAsync(read, HttpMethod.Post, "/api/submissions"));
        Assert.Equal(HttpStatusCode.Forbidden, await GetStatusAsync(submit, HttpMethod.Put, "/api/benchmarks/tiny/splits/test3/labels"));
        Assert.Equal(HttpStatusCode.Forbidden, await GetStatusAsync(read, HttpMethod.Put, "/api/benchmarks/tiny/splits/test3/labels"));
        Assert.Equal(HttpStatusCode.BadRequest, await GetStatusAsync(organise, HttpMethod.Put, "/api/benchmarks/tiny/splits/test3/labels"));
        Assert.Equal(HttpStatusCode.NoContent, await GetStatusAsync(submit, HttpMethod.Delete, path));
    }

    [Fact]
    public async Task A_former_organiser_loses_permissions_of_existing_tokens_and_cookies()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var account = await TestAccount.RegisterAsync(server, "Demoted", isOrganiser: true);
        using var client = await account.CreateClientAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await GetStatusAsync(client, HttpMethod.Put, "/api/benchmarks/tiny/splits/test3/labels"));

        await using var database = await server.OpenDatabaseAsync();
        await database.Users.ExecuteUpdateAsync(set => set.SetProperty(a => a.IsOrganiser, false), Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, await GetStatusAsync(client, HttpMethod.Put, "/api/benchmarks/tiny/splits/test3/labels"));

        await database.Users.ExecuteUpdateAsync(set => set.SetProperty(a => a.DisabledAt, DateTime.UnixEpoch), Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, await GetStatusAsync(client, HttpMethod.Get, "/api/benchmarks"));
        using var page = await account.Browser.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    private static ExpectedProblem InvalidToken(string reason) => new(HttpStatusCode.Unauthorized, "Invalid token", reason);

    private static async Task<HttpStatusCode> GetStatusAsync(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await client.SendAsync(request, Cancellation);
        await response.ReadTextAsync();
        return response.StatusCode;
    }
}
