using System.Net.Http.Headers;
using Coos.Server.Accounts;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>Somebody with an account, a browser that is signed in, and tokens.</summary>
internal sealed class TestAccount
{
    public const string Password = "four words of mine";

    private readonly OwnServer _server;

    private TestAccount(OwnServer server, Guid id, string name, TestBrowser browser) =>
        (_server, Id, Name, Browser) = (server, id, name, browser);

    public Guid Id { get; }

    public string Name { get; }

    /// <summary>The person's browser.</summary>
    public TestBrowser Browser { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Registers through the pages, as people do.</summary>
    public static async Task<TestAccount> RegisterAsync(OwnServer server, string name, bool isOrganiser = false)
    {
        var browser = new TestBrowser(server.Address);
        using var answer = await browser.SendAsync("/account/register", "register", ("name", name), ("password", Password));
        Assert.Equal(302, (int)answer.StatusCode);
        await using var database = await server.OpenDatabaseAsync();
        var id = await database.Users.Where(a => a.UserName == name).Select(a => a.Id).SingleAsync(Cancellation);
        if (isOrganiser)
        {
            await database.Users.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.IsOrganiser, true), Cancellation);
        }

        return new TestAccount(server, id, name, browser);
    }

    /// <summary>A program with the token of an organiser.</summary>
    public static async Task<HttpClient> OrganiserAsync(OwnServer server) =>
        await (await RegisterAsync(server, "Organiser", isOrganiser: true)).ProgramAsync();

    /// <summary>A program with a token of this account.</summary>
    public async Task<HttpClient> ProgramAsync(TokenScopes scopes = TokenScopes.All) => ProgramWith(await TokenAsync(scopes));

    /// <summary>A program with some token.</summary>
    public HttpClient ProgramWith(string token)
    {
        var client = new HttpClient { BaseAddress = _server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A new token.</summary>
    public async Task<string> TokenAsync(TokenScopes scopes = TokenScopes.All)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var viewer = new Viewer
        {
            AccountId = Id,
            Name = Name,
            HasOrganiserAccount = true,
            Scopes = TokenScopes.All,
        };
        var (token, problem) = await scope
            .ServiceProvider.GetRequiredService<TokenService>()
            .CreateAsync(viewer, "test", scopes, 7, Cancellation);
        Assert.Null(problem);
        return token!;
    }

    /// <summary>A token after its day.</summary>
    public async Task<string> ExpiredTokenAsync() =>
        await SpoilAsync(token => token.SetProperty(t => t.ExpiresAt, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)));

    /// <summary>A token that was revoked.</summary>
    public async Task<string> RevokedTokenAsync() =>
        await SpoilAsync(token => token.SetProperty(t => t.RevokedAt, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)));

    private async Task<string> SpoilAsync(Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<ApiToken>> spoil)
    {
        var token = await TokenAsync();
        var hash = TokenSecret.Hash(token);
        await using var database = await _server.OpenDatabaseAsync();
        Assert.Equal(1, await database.ApiTokens.Where(t => t.Hash == hash).ExecuteUpdateAsync(spoil, Cancellation));
        return token;
    }
}
