using Coos.Server.Data;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>Accounts in a real browser: passkeys with a virtual authenticator, and accessibility of the pages.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccountTests(CoosFixture server, BrowserFixture browser)
{
    private const string Password = "four words of mine";

    private static readonly string[] Pages =
    [
        "/account/sign-in",
        "/account/register",
        "/account/forgot",
        "/account/reset",
        "/account",
        "/account/webhooks",
        "/account/delete",
        "/organise",
        "/organise/benchmarks",
        "/organise/benchmarks/coos-sim/label-errors",
        "/organise/labels",
        "/organise/users",
        "/organise/participants",
        "/organise/quotas",
        "/organise/audit",
    ];

    /// <summary>Passkeys require a host name; an IP address is not enough.</summary>
    private Uri Address => new($"http://localhost:{server.Address.Port}/");

    [Fact]
    public async Task A_passkey_can_be_added_used_to_sign_in_and_removed()
    {
        var page = await browser.OpenAsync(Address);
        var devices = await page.Context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new Dictionary<string, object>
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
        await RegisterAsync(page, "Passkey holder");
        await page.GetByPlaceholder("this laptop").FillAsync("Test device");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.GetByText("Test device", new() { Exact = false }).First.WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();

        // Wrong passwords of somebody else do not keep the passkey out.
        var stranger = new TestBrowser(Address);
        for (var i = 0; i < 6; i++)
        {
            (
                await stranger.SendAsync("/account/sign-in", "sign-in", ("name", "Passkey holder"), ("password", "not the password"))
            ).Dispose();
        }

        await page.GotoAsync("/account/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.WaitForURLAsync("**/account");
        Assert.Equal("Passkey holder", await page.Locator("h1").InnerTextAsync());

        // The passkey of a closed account does not sign in, and the page says so.
        await CloseAsync("Passkey holder", DateTime.UnixEpoch);
        await page.GotoAsync("/account/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.GetByText("its account is closed").WaitForAsync();
        await CloseAsync("Passkey holder", null);
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/account/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.WaitForURLAsync("**/account");

        var passkeys = page.Locator("section", new() { Has = page.Locator("#passkeys") });
        Assert.Contains("Test device", await passkeys.InnerTextAsync(), StringComparison.Ordinal);
        await passkeys.Locator("summary").ClickAsync();
        await passkeys.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await page.GetByText("Passkey removed.").WaitForAsync();
        Assert.Equal(0, await page.GetByText("Test device").CountAsync());
    }

    [Fact]
    public async Task Registering_and_submitting_work_without_JavaScript()
    {
        var page = await browser.OpenAsync(Address, javaScript: false);
        await RegisterAsync(page, "No script at all");
        await page.GotoAsync("/benchmarks/tiny/submit");
        await page.GetByLabel("Method", new() { Exact = true }).FillAsync("Signed in");
        await new SubmitPageObject(page).ChooseTextAsync("test2", TinyBenchmark.Predictions("test2", 0, 0, 0, 1, 2, 2));
        await page.GetByRole(AriaRole.Button, new() { Name = "Score and publish" }).ClickAsync();
        await page.WaitForURLAsync("**/submissions/*");

        Assert.Contains("by No script at all", await page.Locator(".byline").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("signed in", await page.Locator(".byline").InnerTextAsync(), StringComparison.Ordinal);
        await page.GotoAsync("/account");
        Assert.Equal("Signed in", await page.Locator("#mine ~ .scroll tbody th a").InnerTextAsync());
    }

    [Fact]
    public async Task Account_pages_are_accessible_and_do_not_scroll_horizontally()
    {
        const string name = "Organiser of pages";
        var page = await browser.OpenAsync(Address);
        await using var context = page.Context;
        var faults = new List<string>();
        var messages = new List<string>();
        page.Console += (_, message) => messages.Add(message.Text);
        await page.GotoAsync(Pages[0]);
        faults.AddRange(await PageVariants.FindViolationsAsync(page, ToFileName(Pages[0])));
        await RegisterAsync(page, name);
        Assert.Equal(403, (await page.GotoAsync("/organise"))!.Status);
        faults.AddRange(await PageVariants.FindViolationsAsync(page, "forbidden"));
        await using (
            var database = await server
                .Services.GetRequiredService<IDbContextFactory<CoosDbContext>>()
                .CreateDbContextAsync(TestContext.Current.CancellationToken)
        )
        {
            await database
                .Users.Where(a => a.UserName == name)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.IsOrganiser, true), TestContext.Current.CancellationToken);
        }

        await page.GotoAsync("/account");
        await page.GetByPlaceholder("where it is used").FillAsync("cluster");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create token" }).ClickAsync();
        await page.Locator("#new-token").WaitForAsync();
        faults.AddRange(await PageVariants.FindViolationsAsync(page, "account-token"));
        foreach (var path in Pages[1..])
        {
            await page.GotoAsync(path);
            faults.AddRange(await PageVariants.FindViolationsAsync(page, ToFileName(path)));
        }

        Assert.Empty(faults);

        // The browser itself reports the forbidden page.
        Assert.Single(messages, m => m.Contains("status of 403", StringComparison.Ordinal));
        Assert.Single(messages);
    }

    private static string ToFileName(string path) => path.Trim('/').Replace('/', '-');

    private async Task CloseAsync(string name, DateTime? at)
    {
        await using var database = await server
            .Services.GetRequiredService<IDbContextFactory<CoosDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        await database
            .Users.Where(a => a.UserName == name)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DisabledAt, at), TestContext.Current.CancellationToken);
    }

    private static async Task RegisterAsync(IPage page, string name)
    {
        await page.GotoAsync("/account/register");
        await page.GetByLabel("Public name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await page.WaitForURLAsync("**/account");
    }
}
