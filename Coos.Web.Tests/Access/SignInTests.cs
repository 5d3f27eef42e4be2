using System.Net;
using Coos.Server.Accounts;
using Coos.Server.Data;
using Coos.Web.Accounts;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>Registers, signs in and signs out without JavaScript.</summary>
public sealed class SignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_account_is_signed_in_and_can_sign_out_and_in_again()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var account = await TestAccount.RegisterAsync(server, "Ada Lovelace");
        var home = await account.Browser.ReadAsync("/account");
        using var left = await account.Browser.SendAsync("/account", "sign-out");
        using var redirect = await account.Browser.GetAsync("/account");
        using var back = await account.Browser.SendAsync(
            "/account/sign-in?returnUrl=%2Fbenchmarks%2Ftiny%2Fsubmit",
            "sign-in",
            ("name", " ada  LOVELACE "),
            ("password", TestAccount.Password)
        );

        Assert.Contains("<h1>Ada Lovelace</h1>", home, StringComparison.Ordinal);
        Assert.Equal("/account/sign-in?returnUrl=%2Faccount", redirect.Headers.Location!.PathAndQuery);
        Assert.Equal(
            "/benchmarks/tiny/submit",
            back.Headers.Location!.OriginalString.Replace(server.Address.ToString().TrimEnd('/'), "", StringComparison.Ordinal)
        );
        Assert.Contains(
            "Submitted as <b>Ada Lovelace</b>",
            await account.Browser.ReadAsync("/benchmarks/tiny/submit"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public void Sign_in_does_not_redirect_to_another_site(string address) => Assert.Equal("/account", ReturnAddress.Of(address));

    [Fact]
    public async Task Sign_in_gives_the_same_response_for_unknown_locked_and_closed_accounts()
    {
        await using var server = await TestServer.StartSignedInAsync();
        await TestAccount.RegisterAsync(server, "Locked");
        await TestAccount.RegisterAsync(server, "Closed");
        await using var database = await server.OpenDatabaseAsync();
        await database
            .Users.Where(a => a.UserName == "Closed")
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DisabledAt, DateTime.UnixEpoch), Cancellation);
        var browser = new TestBrowser(server.Address);
        var wrong = await ReadResponseAsync(browser, "Locked", "not the password");
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(wrong, await ReadResponseAsync(browser, "Locked", "not the password"));
        }

        Assert.Equal(wrong, await ReadResponseAsync(browser, "Locked", TestAccount.Password));
        Assert.Equal(wrong, await ReadResponseAsync(browser, "Closed", TestAccount.Password));
        Assert.Equal(wrong, await ReadResponseAsync(browser, "Nobody", TestAccount.Password));
        Assert.Equal(wrong, await ReadResponseAsync(browser, "nobody@example.org", TestAccount.Password));
    }

    [Fact]
    public async Task Wrong_passwords_of_a_stranger_do_not_lock_the_owner_out()
    {
        await using var server = await TestServer.StartSignedInAsync("--Coos:Proxies=127.0.0.1");
        await TestAccount.RegisterAsync(server, "Owner");
        for (var i = 0; i < PasswordAttempts.MaxPerSender; i++)
        {
            await ReadResponseAsync(new TestBrowser(server.Address, "198.51.100.7"), "Owner", $"guess number {i}");
        }

        using var guessed = await SignInAsync(new TestBrowser(server.Address, "198.51.100.7"));
        using var owner = await SignInAsync(new TestBrowser(server.Address, "203.0.113.5"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (guessed.StatusCode, owner.StatusCode));
    }

    [Theory]
    [OneDatabase]
    [InlineData("198.51.100.")]
    [InlineData("2001:db8:1:")]
    public async Task Guesses_from_many_addresses_of_one_network_are_limited_together(string network)
    {
        await using var server = await TestServer.StartSignedInAsync("--Coos:Proxies=127.0.0.1");
        await TestAccount.RegisterAsync(server, "Owner");
        for (var i = 0; i < PasswordAttempts.MaxPerWideNetwork; i++)
        {
            await ReadResponseAsync(new TestBrowser(server.Address, AddressOf(i)), "Owner", "not the password");
        }

        using var guessed = await SignInAsync(new TestBrowser(server.Address, AddressOf(99)));
        using var owner = await SignInAsync(new TestBrowser(server.Address, "203.0.113.5"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (guessed.StatusCode, owner.StatusCode));

        string AddressOf(int i) => network.Contains(':', StringComparison.Ordinal) ? $"{network}{i}::1" : $"{network}{i}";
    }

    [Fact]
    public async Task The_right_password_is_accepted_again_after_five_minutes()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = new TestServer();
        await server.StartAsync("web", clock, "--Coos:Access:Submissions=SignedIn");
        await TestAccount.RegisterAsync(server, "Owner");
        for (var i = 0; i < PasswordAttempts.MaxPerSender; i++)
        {
            await ReadResponseAsync(new TestBrowser(server.Address), "Owner", "not the password");
        }

        using var early = await SignInAsync(new TestBrowser(server.Address));
        clock.Advance(PasswordAttempts.Window);
        using var late = await SignInAsync(new TestBrowser(server.Address));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (early.StatusCode, late.StatusCode));
    }

    [Fact]
    public async Task A_new_password_ends_the_wait()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var owner = await TestAccount.RegisterAsync(server, "Owner");
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        for (var i = 0; i < PasswordAttempts.MaxPerSender; i++)
        {
            await ReadResponseAsync(new TestBrowser(server.Address), "Owner", "not the password");
        }

        using var early = await SignInAsync(new TestBrowser(server.Address));
        using var link = await organiser.Browser.SendAsync("/organise/users", "act", ("act", $"reset {owner.Id}"));
        var page = WebUtility.HtmlDecode(await link.ReadTextAsync());
        var start = page.IndexOf("/account/reset?id=", StringComparison.Ordinal);
        using var reset = await new TestBrowser(server.Address).SendAsync(
            page[start..page.IndexOf('<', start)],
            "reset",
            ("password", "another good one")
        );
        using var late = await SignInAsync(new TestBrowser(server.Address), "another good one");

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.Redirect, HttpStatusCode.Redirect),
            (early.StatusCode, reset.StatusCode, late.StatusCode)
        );
    }

    [Fact]
    public async Task A_restart_ends_the_wait()
    {
        await using var server = await TestServer.StartSignedInAsync();
        await TestAccount.RegisterAsync(server, "Owner");
        for (var i = 0; i < PasswordAttempts.MaxPerSender; i++)
        {
            await ReadResponseAsync(new TestBrowser(server.Address), "Owner", "not the password");
        }

        using var early = await SignInAsync(new TestBrowser(server.Address));
        await server.StopAsync();
        await server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");
        using var late = await SignInAsync(new TestBrowser(server.Address));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (early.StatusCode, late.StatusCode));
    }

    private static Task<HttpResponseMessage> SignInAsync(TestBrowser browser, string password = TestAccount.Password) =>
        browser.SendAsync("/account/sign-in", "sign-in", ("name", "Owner"), ("password", password));

    [Fact]
    public async Task An_unknown_name_costs_as_much_hashing_as_a_wrong_password()
    {
        var hasher = new CountingHasher();
        await using var server = new TestServer
        {
            Replace = services => services.AddSingleton<Microsoft.AspNetCore.Identity.IPasswordHasher<Account>>(hasher),
        };
        await server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");
        await TestAccount.RegisterAsync(server, "Known");
        var browser = new TestBrowser(server.Address);
        await ReadResponseAsync(browser, "warms up", "x");

        foreach (var name in new[] { "Known", "Unknown", "unknown@example.org" })
        {
            hasher.Verified = 0;
            await ReadResponseAsync(browser, name, "not the password");
            Assert.Equal(1, hasher.Verified);
        }
    }

    [Theory]
    [InlineData("", TestAccount.Password, "Name has 0 characters; allowed: 1 to 100.")]
    [InlineData(
        "<b>",
        TestAccount.Password,
        "Name contains \"<\" (U+003C); allowed: letters and digits of all scripts, spaces and .,-_'\u2019&()+."
    )]
    [InlineData(
        "a@b.c",
        TestAccount.Password,
        "Name contains \"@\" (U+0040); allowed: letters and digits of all scripts, spaces and .,-_'\u2019&()+."
    )]
    [InlineData("zero\u200Bwidth", TestAccount.Password, "Name contains the invisible character U+200B (zero width space); remove it.")]
    [InlineData("TAKEN", TestAccount.Password, "Name is taken by another account or team; choose another one.")]
    [InlineData("\uFF34aken", TestAccount.Password, "Name is taken by another account or team; choose another one.")]
    [InlineData(
        "T\u0430ken",
        TestAccount.Password,
        "Name looks like Taken, the name of another account or team; choose one that differs more."
    )]
    [InlineData("Anonymous", TestAccount.Password, "Name is reserved: Anonymous stands for deleted accounts; choose another one.")]
    [InlineData("\u0301e", TestAccount.Password, "Name starts with the combining mark U+0301; write it after its letter.")]
    [InlineData("...", TestAccount.Password, "Name contains neither a letter nor a digit; add one.")]
    [InlineData("Good name", "short", "Password is too short; use at least 10 characters, for example several words.")]
    [InlineData("Good name", "aaaaaaaaaaaa", "Password repeats the same few characters; use at least 4 different ones.")]
    public async Task An_invalid_registration_shows_its_problem_and_stores_nothing(string name, string password, string message)
    {
        await using var server = await TestServer.StartSignedInAsync();
        await TestAccount.RegisterAsync(server, "Taken");
        var browser = new TestBrowser(server.Address);

        using var response = await browser.SendAsync("/account/register", "register", ("name", name), ("password", password));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(message, WebUtility.HtmlDecode(await response.ReadTextAsync()), StringComparison.Ordinal);
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(1, await database.Users.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Concurrent_registrations_of_one_name_yield_one_account()
    {
        await using var server = await TestServer.StartSignedInAsync("--Coos:RateLimit:SignInsPerMinute=none");

        var responses = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    new TestBrowser(server.Address).SendAsync(
                        "/account/register",
                        "register",
                        ("name", "Same"),
                        ("password", TestAccount.Password)
                    )
                )
        );

        Assert.Single(responses, a => a.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal(7, responses.Count(a => a.StatusCode == HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Changing_the_password_signs_out_other_sessions()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var account = await TestAccount.RegisterAsync(server, "Two devices");
        var other = new TestBrowser(server.Address);
        (await other.SendAsync("/account/sign-in", "sign-in", ("name", account.Name), ("password", TestAccount.Password))).Dispose();
        await other.ReadAsync("/account");

        using var wrong = await account.Browser.SendAsync("/account", "password", ("old", "not the password"), ("new", "another good one"));
        using var right = await account.Browser.SendAsync(
            "/account",
            "password",
            ("old", TestAccount.Password),
            ("new", "another good one")
        );

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (wrong.StatusCode, right.StatusCode));
        await account.Browser.ReadAsync("/account");
        using var redirect = await other.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, redirect.StatusCode);
    }

    [Fact]
    public async Task A_failed_sign_in_takes_the_same_time_for_known_and_unknown_names()
    {
        await using var server = await TestServer.StartSignedInAsync();
        await TestAccount.RegisterAsync(server, "Known");
        var browser = new TestBrowser(server.Address);
        await ReadResponseAsync(browser, "warms up", "x");

        foreach (var name in new[] { "Known", "Unknown", "unknown@example.org" })
        {
            var page = await browser.ReadAsync("/account/sign-in");
            var start = TimeProvider.System.GetTimestamp();
            (await browser.SendFormAsync("/account/sign-in", page, "sign-in", ("name", name), ("password", "not the password"))).Dispose();

            // Counting a wrong password and finding no account are both finished long before.
            Assert.True(TimeProvider.System.GetElapsedTime(start) >= PasswordSignIn.MinimumDuration);
        }
    }

    [Fact]
    public async Task A_session_can_be_signed_out_from_another_device()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var account = await TestAccount.RegisterAsync(server, "Loses devices");
        var lost = new TestBrowser(server.Address);
        (await lost.SendAsync("/account/sign-in", "sign-in", ("name", account.Name), ("password", TestAccount.Password))).Dispose();
        await lost.ReadAsync("/account");

        using var response = await account.Browser.SendAsync("/account", "sign-out-elsewhere");
        var page = await account.Browser.ReadAsync("/account");
        using var redirect = await lost.GetAsync("/account");

        Assert.Contains("<p class=\"done\" role=\"status\">Signed out everywhere else.</p>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"done\"", await account.Browser.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (response.StatusCode, redirect.StatusCode));
    }

    [Fact]
    public async Task The_account_page_limits_attempts_at_the_current_password()
    {
        await using var server = await TestServer.StartSignedInAsync("--Coos:RateLimit:SignInsPerMinute=none");
        var account = await TestAccount.RegisterAsync(server, "Left signed in");
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await account.Browser.SendAsync(
                "/account",
                "password",
                ("old", $"guess number {i}"),
                ("new", "another good one")
            );
            Assert.Contains("The current password is not correct.", await wrong.ReadTextAsync(), StringComparison.Ordinal);
        }

        using var locked = await account.Browser.SendAsync(
            "/account",
            "password",
            ("old", TestAccount.Password),
            ("new", "another good one")
        );

        Assert.Equal(HttpStatusCode.BadRequest, locked.StatusCode);
        Assert.Contains("There were too many attempts; wait five minutes.", await locked.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_are_shown_beside_their_fields_and_input_is_kept()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var browser = new TestBrowser(server.Address);

        using var response = await browser.SendAsync("/account/register", "register", ("name", "Good name"), ("password", "short"));
        var page = await response.ReadTextAsync();

        Assert.Matches("<input name=\"name\" value=\"Good name\"", page);
        Assert.Matches("<input name=\"password\"[^>]*aria-describedby=\"problem-password password-hint\"[^>]*aria-invalid=\"true\"", page);
        Assert.Contains("<span class=\"problem\" id=\"problem-password\">Password is too short;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"short\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_in_the_log_creates_the_first_organiser_once()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var first = server.Services.GetRequiredService<FirstOrganiser>();
        var path = first.Path;
        var guest = await new TestBrowser(server.Address).ReadAsync(path);
        var one = await TestAccount.RegisterAsync(server, "First");
        var two = await TestAccount.RegisterAsync(server, "Second");
        Assert.Contains("This link is not valid", await two.Browser.ReadAsync("/account/organiser?key=wrong"), StringComparison.Ordinal);
        Assert.True(await first.IsNeededAsync(Cancellation));

        using var promoted = await one.Browser.SendAsync(path, "organiser");
        var late = await two.Browser.ReadAsync(path);

        Assert.Contains("register", guest, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, promoted.StatusCode);
        Assert.Contains("This link is not valid", late, StringComparison.Ordinal);
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(["First"], await database.Users.Where(a => a.IsOrganiser).Select(a => a.UserName).ToListAsync(Cancellation));
        Assert.False(await first.IsNeededAsync(Cancellation));
    }

    /// <summary>The page without the parts that differ in every response.</summary>
    private static async Task<string> ReadResponseAsync(TestBrowser browser, string name, string password)
    {
        using var response = await browser.SendAsync("/account/sign-in", "sign-in", ("name", name), ("password", password));
        var text = System.Text.RegularExpressions.Regex.Replace(await response.ReadTextAsync(), "value=\"[^\"]*\"|<!--[^>]*-->", "");
        return $"{(int)response.StatusCode} {text}";
    }

    private sealed class CountingHasher : Microsoft.AspNetCore.Identity.PasswordHasher<Account>
    {
        public int Verified { get; set; }

        public override Microsoft.AspNetCore.Identity.PasswordVerificationResult VerifyHashedPassword(
            Account user,
            string hashedPassword,
            string providedPassword
        )
        {
            Verified++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
