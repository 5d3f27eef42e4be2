using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>The pages of taking part in a guarded benchmark, for participants and organisers.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ParticipationPageTests(BrowserFixture browser)
{
    [Fact]
    public async Task Pages_are_accessible_and_do_not_scroll_horizontally()
    {
        await using var server = new TestServer();
        await server.ReplaceInManifestAsync("\"disclosure\": \"open\"", "\"disclosure\": \"guarded\"");
        await server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");
        var page = await browser.OpenAsync(server.Address);
        await using var context = page.Context;
        var faults = new List<string>();
        await page.GotoAsync("/account/register");
        await page.GetByLabel("Public name").FillAsync("A participant");
        await page.GetByLabel("Password").FillAsync(TestAccount.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await page.WaitForURLAsync("**/account");

        await page.GotoAsync("/benchmarks/tiny/submit");
        faults.AddRange(await PageVariants.FindViolationsAsync(page, "participation-ask"));
        await page.Locator("textarea[name=message]").FillAsync("We compare normalisations of plates, and publish code and weights.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask to take part" }).ClickAsync();
        await page.GetByText("You asked to take part").WaitForAsync();
        faults.AddRange(await PageVariants.FindViolationsAsync(page, "participation-asked"));
        await using var database = await server.OpenDatabaseAsync();
        await database.Users.ExecuteUpdateAsync(set => set.SetProperty(a => a.IsOrganiser, true), TestContext.Current.CancellationToken);
        await page.GotoAsync("/organise/participants");
        faults.AddRange(await PageVariants.FindViolationsAsync(page, "participation-requests"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await page.GetByText("Account approved.").WaitForAsync();
        faults.AddRange(await PageVariants.FindViolationsAsync(page, "participation-approved"));

        Assert.Empty(faults);
    }
}
