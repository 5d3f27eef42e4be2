using System.Net.Http.Headers;
using Coos.Server.Accounts;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>A test user with an account, a signed-in browser and API tokens.</summary>
internal sealed class TestAccount
{
    public const string Password = "four words of mine";

    private readonly TestServer _server;

    private TestAccount(TestServer server, Guid id, string name, TestBrowser browser) =>
        (_server, Id, Name, Browser) = (server, id, name, browser);

    public Guid Id { get; }

    public string Name { get; }

    /// <summary>The user's browser.</summary>
    public TestBrowser Browser { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Registers through the pages.</summary>
    public static async Task<TestAccount> RegisterAsync(TestServer server, string name, bool isOrganiser = false)
    {
        var browser = new TestBrowser(server.Address);
        using var response = await browser.SendAsync("/account/register", "register", ("name", name), ("password", Password));
        Assert.Equal(302, (int)response.StatusCode);
        await using var database = await server.OpenDatabaseAsync();
        var id = await database.Users.Where(a => a.UserName == name).Select(a => a.Id).SingleAsync(Cancellation);
        if (isOrganiser)
        {
            await database.Users.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.IsOrganiser, true), Cancellation);
        }

        return new TestAccount(server, id, name, browser);
    }

    /// <summary>An account that exists already, with a new browser.</summary>
    public static TestAccount Of(TestServer server, Guid id, string name) => new(server, id, name, new TestBrowser(server.Address));

    /// <summary>Registers an organiser and creates a client with its token.</summary>
    public static async Task<HttpClient> CreateOrganiserClientAsync(TestServer server) =>
        await (await RegisterAsync(server, "Organiser", isOrganiser: true)).CreateClientAsync();

    /// <summary>Creates a client with a new token of this account.</summary>
    public async Task<HttpClient> CreateClientAsync(TokenScopes scopes = TokenScopes.All) =>
        CreateClientWith(await CreateTokenAsync(scopes));

    /// <summary>Creates a client with the given token.</summary>
    public HttpClient CreateClientWith(string token)
    {
        var client = new HttpClient { BaseAddress = _server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Creates a token.</summary>
    public async Task<string> CreateTokenAsync(TokenScopes scopes = TokenScopes.All)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var viewer = new Viewer
        {
            AccountId = Id,
            Name = Name,
            HasOrganiserAccount = true,
            Scopes = TokenScopes.All,
        };
        var tokens = scope.ServiceProvider.GetRequiredService<TokenService>();
        var result = await tokens.CreateAsync(viewer, "test", scopes, 7, Cancellation);
        return result.Match(token => token, refusal => throw new InvalidOperationException(refusal.Detail));
    }

    /// <summary>Creates an expired token.</summary>
    public async Task<string> CreateExpiredTokenAsync() =>
        await CreateInvalidTokenAsync(token => token.SetProperty(t => t.ExpiresAt, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)));

    /// <summary>Creates a revoked token.</summary>
    public async Task<string> CreateRevokedTokenAsync() =>
        await CreateInvalidTokenAsync(token => token.SetProperty(t => t.RevokedAt, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)));

    private async Task<string> CreateInvalidTokenAsync(Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<ApiToken>> change)
    {
        var token = await CreateTokenAsync();
        var hash = TokenSecret.Hash(token);
        await using var database = await _server.OpenDatabaseAsync();
        Assert.Equal(1, await database.ApiTokens.Where(t => t.Hash == hash).ExecuteUpdateAsync(change, Cancellation));
        return token;
    }
}
