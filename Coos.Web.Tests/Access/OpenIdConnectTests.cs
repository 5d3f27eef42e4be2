using System.Net;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>Signs in through an OpenID Connect provider that the test runs.</summary>
public sealed class OpenIdConnectTests : IAsyncLifetime
{
    private readonly TestServer _server = new();
    private StubOpenIdProvider _provider = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _provider = await StubOpenIdProvider.StartAsync();
        await _server.StartAsync(settings: ["--Coos:Access:Submissions=SignedIn", .. _provider.Settings]);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task The_first_sign_in_asks_for_a_name_and_later_ones_do_not()
    {
        var browser = new TestBrowser(_server.Address);
        var registration = await SignInAtProviderAsync(browser, "/benchmarks/tiny/submit");
        Assert.StartsWith("/account/external?returnUrl=", registration, StringComparison.Ordinal);
        var welcome = await browser.ReadAsync(registration);
        using var bad = await browser.SendAsync(registration, "external", ("name", "<b>"));
        using var registered = await browser.SendAsync(registration, "external", ("name", "Provided for"));

        Assert.Contains("You signed in with Institute.", welcome, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (bad.StatusCode, registered.StatusCode));
        Assert.Equal("/benchmarks/tiny/submit", GetRedirectPath(registered));
        Assert.Contains("Submitted as <b>Provided for</b>", await browser.ReadAsync("/benchmarks/tiny/submit"), StringComparison.Ordinal);

        var later = new TestBrowser(_server.Address);
        Assert.Equal("/account", await GetRedirectAsync(later, await SignInAtProviderAsync(later, "/account")));
        Assert.Contains("<h1>Provided for</h1>", await later.ReadAsync("/account"), StringComparison.Ordinal);
        await using var database = await _server.OpenDatabaseAsync();
        Assert.Equal(
            (1, 1),
            (
                await database.Users.CountAsync(Cancellation),
                await database.UserLogins.CountAsync(l => l.ProviderKey == "subject-1", Cancellation)
            )
        );
        Assert.True(await database.Users.AllAsync(a => a.PasswordHash == null && a.Email == null, Cancellation));
    }

    [Fact]
    public async Task Denied_forged_and_foreign_sign_ins_are_rejected()
    {
        var browser = new TestBrowser(_server.Address);
        _provider.Subject = null;
        Assert.Equal("/account/sign-in?external=failed", await SignInAtProviderAsync(browser, "/account"));
        Assert.Contains(
            "Institute did not sign you in; try again.",
            await browser.ReadAsync("/account/sign-in?external=failed"),
            StringComparison.Ordinal
        );

        (_provider.Subject, _provider.Audience) = ("subject-1", "another-client");
        Assert.Equal("/account/sign-in?external=failed", await SignInAtProviderAsync(browser, "/account"));
        using var forged = await browser.GetAsync("/account/oidc?code=guessed&state=guessed");
        using var direct = await browser.GetAsync("/account/external");

        Assert.Equal(
            ("/account/sign-in?external=failed", "/account/sign-in?external=failed"),
            (GetRedirectPath(forged), GetRedirectPath(direct))
        );
        await using var database = await _server.OpenDatabaseAsync();
        Assert.False(await database.Users.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_closed_account_cannot_sign_in_or_create_another_account()
    {
        var browser = new TestBrowser(_server.Address);
        (await browser.SendAsync(await SignInAtProviderAsync(browser, "/account"), "external", ("name", "Closed"))).Dispose();
        await using var database = await _server.OpenDatabaseAsync();
        await database.Users.ExecuteUpdateAsync(set => set.SetProperty(a => a.DisabledAt, DateTime.UnixEpoch), Cancellation);

        var later = new TestBrowser(_server.Address);
        var address = await GetRedirectAsync(later, await SignInAtProviderAsync(later, "/account"));

        Assert.Equal("/account/sign-in?external=refused", address);
        Assert.Contains("Your account is closed", await later.ReadAsync(address), StringComparison.Ordinal);
        using var redirect = await later.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, redirect.StatusCode);
        Assert.Equal(1, await database.Users.CountAsync(Cancellation));
    }

    [Fact]
    public async Task An_account_with_a_password_can_link_and_unlink_the_provider()
    {
        var account = await TestAccount.RegisterAsync(_server, "Two ways in");
        var linked = await GetRedirectAsync(account.Browser, await SignInAtProviderAsync(account.Browser, "/account", "/account"));
        var page = await account.Browser.ReadAsync("/account");
        var later = new TestBrowser(_server.Address);
        await GetRedirectAsync(later, await SignInAtProviderAsync(later, "/account"));
        var byProvider = await later.ReadAsync("/account");
        using var unlinked = await account.Browser.SendAsync("/account", "unlink");
        var stranger = new TestBrowser(_server.Address);

        Assert.Equal("/account", linked);
        Assert.Contains("You can now sign in with it.", page, StringComparison.Ordinal);
        Assert.Contains("<h1>Two ways in</h1>", byProvider, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, unlinked.StatusCode);
        Assert.Contains(
            "You signed in with Institute.",
            await stranger.ReadAsync(await SignInAtProviderAsync(stranger, "/account")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_only_sign_in_method_cannot_be_unlinked()
    {
        var browser = new TestBrowser(_server.Address);
        (await browser.SendAsync(await SignInAtProviderAsync(browser, "/account"), "external", ("name", "One way in"))).Dispose();

        var page = await browser.ReadAsync("/account");

        Assert.Contains("set a password or add a passkey before you unlink it", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"unlink\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pending_provider_sign_in_is_not_linked_to_an_account_that_signs_in_meanwhile()
    {
        var account = await TestAccount.RegisterAsync(_server, "Comes second");
        (await account.Browser.SendAsync("/account", "sign-out")).Dispose();

        // One person returns from the provider and leaves the page open; then the account's owner signs in.
        var registration = await SignInAtProviderAsync(account.Browser, "/account");
        (
            await account.Browser.SendAsync("/account/sign-in", "sign-in", ("name", account.Name), ("password", TestAccount.Password))
        ).Dispose();
        var address = await GetRedirectAsync(account.Browser, registration);

        Assert.Equal("/account", address);
        Assert.Contains("The provider was not linked", await account.Browser.ReadAsync("/account"), StringComparison.Ordinal);
        await using var database = await _server.OpenDatabaseAsync();
        Assert.False(await database.UserLogins.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_provider_login_of_one_account_is_not_linked_to_another()
    {
        var browser = new TestBrowser(_server.Address);
        (await browser.SendAsync(await SignInAtProviderAsync(browser, "/account"), "external", ("name", "First"))).Dispose();
        var second = await TestAccount.RegisterAsync(_server, "Second");

        await GetRedirectAsync(second.Browser, await SignInAtProviderAsync(second.Browser, "/account", "/account"));

        Assert.Contains("it is already linked to another account", await second.Browser.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Contains("<h1>Second</h1>", await second.Browser.ReadAsync("/account"), StringComparison.Ordinal);
    }

    /// <summary>Submits the provider form of a page, and follows the redirects to the provider and back.</summary>
    /// <returns>The path to which the server redirects the browser.</returns>
    private async Task<string> SignInAtProviderAsync(TestBrowser browser, string returnUrl, string from = "/account/sign-in")
    {
        using var leaving = await browser.SendActionAsync($"{from}?returnUrl={Uri.EscapeDataString(returnUrl)}", "/account/provider");
        Assert.Equal(HttpStatusCode.Redirect, leaving.StatusCode);
        Assert.Equal(_provider.Address.Authority, leaving.Headers.Location!.Authority);
        using var provider = await browser.GetAsync(leaving.Headers.Location.ToString());
        Assert.True(provider.StatusCode == HttpStatusCode.Redirect, await provider.ReadTextAsync());
        using var back = await browser.GetAsync(provider.Headers.Location!.ToString());
        return GetRedirectPath(back);
    }

    /// <summary>Opens a page that redirects, and returns the path of the redirect.</summary>
    private static async Task<string> GetRedirectAsync(TestBrowser browser, string path)
    {
        using var response = await browser.GetAsync(path);
        return GetRedirectPath(response);
    }

    private static string GetRedirectPath(HttpResponseMessage response) =>
        response.Headers.Location is { } location
            ? location.IsAbsoluteUri
                ? location.PathAndQuery
                : location.OriginalString
            : throw new Xunit.Sdk.XunitException($"{response.StatusCode} without a redirect");
}
