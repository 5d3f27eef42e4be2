using System.Net;
using System.Text.RegularExpressions;
using Coos.Server.Accounts;
using Coos.Web.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>
/// Accounts on a server that sends mail: addresses are confirmed, passwords can be reset, and responses do not reveal who has
/// an account.
/// </summary>
[OneDatabase]
public sealed partial class MailTests : IAsyncLifetime
{
    private readonly StubMailServer _mail = new();
    private readonly TestServer _server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        await _server.StartAsync(
            settings:
            [
                "--Coos:Access:Submissions=SignedIn",
                "--Coos:PublicAddress=https://coos.example.org",
                "--Coos:Mail:Host=127.0.0.1",
                $"--Coos:Mail:Port={_mail.Port}",
                "--Coos:Mail:From=COOS <coos@example.org>",
                "--Coos:Mail:AllowPlainText=true",
            ]
        );

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task Registration_requires_a_confirmed_address_and_does_not_reveal_taken_ones()
    {
        var browser = new TestBrowser(_server.Address);
        var fresh = await ReadResponseAsync(browser.SendAsync("/account/register", "mail", ("mail", "ada@example.org")));
        var invitation = await _mail.ReceiveAsync();
        using var forged = await browser.SendAsync("/account/register?ticket=forged", "mail", ("mail", "not an address"));
        using var registered = await browser.SendAsync(
            FindLink(invitation),
            "register",
            ("name", "Ada"),
            ("password", TestAccount.Password)
        );
        var taken = await ReadResponseAsync(
            new TestBrowser(_server.Address).SendAsync("/account/register", "mail", ("mail", "ADA@example.org"))
        );
        var notice = await _mail.ReceiveAsync();

        Assert.Contains("To: ada@example.org", invitation, StringComparison.Ordinal);
        Assert.Contains("https://coos.example.org/account/register?ticket=", invitation, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, registered.StatusCode);
        Assert.Equal(fresh, taken);
        Assert.Contains("It already has the account Ada.", notice, StringComparison.Ordinal);
        await using var database = await _server.OpenDatabaseAsync();
        Assert.True(await database.Users.AnyAsync(a => a.Email == "ada@example.org" && a.EmailConfirmed, Cancellation));
    }

    [Fact]
    public async Task An_address_is_stored_without_the_name_that_mail_programs_put_around_it()
    {
        var browser = new TestBrowser(_server.Address);
        using var sent = await browser.SendAsync("/account/register", "mail", ("mail", "Ada Lovelace <ada@example.org> "));
        var invitation = await _mail.ReceiveAsync();
        using var registered = await browser.SendAsync(
            FindLink(invitation),
            "register",
            ("name", "Ada"),
            ("password", TestAccount.Password)
        );
        using var signedIn = await new TestBrowser(_server.Address).SendAsync(
            "/account/sign-in",
            "sign-in",
            ("name", "\"A. L.\" <ADA@example.org>"),
            ("password", TestAccount.Password)
        );

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (registered.StatusCode, signedIn.StatusCode));
        await using var database = await _server.OpenDatabaseAsync();
        Assert.Equal("ada@example.org", await database.Users.Select(a => a.Email).SingleAsync(Cancellation));
    }

    [Fact]
    public async Task Password_reset_links_work_once_and_do_not_reveal_unknown_addresses()
    {
        var browser = new TestBrowser(_server.Address);
        (await browser.SendAsync("/account/register", "mail", ("mail", "bo@example.org"))).Dispose();
        (
            await browser.SendAsync(FindLink(await _mail.ReceiveAsync()), "register", ("name", "Bo"), ("password", TestAccount.Password))
        ).Dispose();
        var other = new TestBrowser(_server.Address);

        var unknown = await ReadResponseAsync(other.SendAsync("/account/forgot", "forgot", ("mail", "nobody@example.org")));
        var known = await ReadResponseAsync(other.SendAsync("/account/forgot", "forgot", ("mail", "bo@example.org")));
        var link = FindLink(await _mail.ReceiveAsync());
        using var weak = await other.SendAsync(link, "reset", ("password", "short"));
        using var set = await other.SendAsync(link, "reset", ("password", "another good one"));
        using var again = await other.SendAsync(link, "reset", ("password", "a third good one"));
        using var signedIn = await other.SendAsync(
            "/account/sign-in",
            "sign-in",
            ("name", "bo@example.org"),
            ("password", "another good one")
        );
        using var redirect = await browser.GetAsync("/account");

        Assert.Equal(unknown, known);
        Assert.Equal(
            [
                HttpStatusCode.BadRequest,
                HttpStatusCode.Redirect,
                HttpStatusCode.BadRequest,
                HttpStatusCode.Redirect,
                HttpStatusCode.Redirect,
            ],
            [weak.StatusCode, set.StatusCode, again.StatusCode, signedIn.StatusCode, redirect.StatusCode]
        );
        Assert.Equal("/account/sign-in", redirect.Headers.Location!.AbsolutePath);
        Assert.Equal(0, _mail.Waiting);
    }

    /// <summary>The provider of these links has no clock that a test can set.</summary>
    [Fact]
    public void Password_reset_links_are_valid_for_24_hours() =>
        Assert.Equal(
            TimeSpan.FromHours(24),
            _server.Services.GetRequiredService<IOptions<DataProtectionTokenProviderOptions>>().Value.TokenLifespan
        );

    [Fact]
    public async Task Mails_to_one_address_are_limited_per_hour()
    {
        var browser = new TestBrowser(_server.Address);
        for (var i = 0; i < MailRateLimiter.MaxMails + 2; i++)
        {
            (
                await browser.SendAsync("/account/register", "mail", ("mail", i % 2 == 0 ? "flooded@example.org" : "FLOODED@example.org"))
            ).Dispose();
        }

        (await browser.SendAsync("/account/register", "mail", ("mail", "last@example.org"))).Dispose();
        var receivers = new List<string>();
        do
        {
            receivers.Add(Receiver().Match(await _mail.ReceiveAsync()).Value.ToLowerInvariant());
        } while (receivers[^1] != "to: last@example.org");

        Assert.Equal(MailRateLimiter.MaxMails, receivers.Count(r => r == "to: flooded@example.org"));
        Assert.Equal(MailRateLimiter.MaxMails + 1, receivers.Count);
    }

    [Fact]
    public void Mails_older_than_an_hour_do_not_count_towards_the_limit()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var limiter = new MailRateLimiter(clock);
        for (var i = 0; i < MailRateLimiter.MaxMails; i++)
        {
            Assert.True(limiter.TryTake("a@example.org"));
        }

        Assert.False(limiter.TryTake("A@example.org"));
        Assert.True(limiter.TryTake("b@example.org"));
        clock.Advance(MailRateLimiter.Window);
        Assert.True(limiter.TryTake("a@example.org"));
    }

    private static async Task<string> ReadResponseAsync(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        return $"{(int)response.StatusCode} {Regex.Replace(await response.ReadTextAsync(), "<!--[^>]*-->", "")}";
    }

    private static string FindLink(string mail) => Link().Match(mail.Replace("=\r\n", "", StringComparison.Ordinal)).Groups["path"].Value;

    [GeneratedRegex("(?im)^to: [^\\s]+")]
    private static partial Regex Receiver();

    [GeneratedRegex("https://coos\\.example\\.org(?<path>/account/(register|reset)\\?[^\\s]+)")]
    private static partial Regex Link();
}
