using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>Pages on which people rename, share and delete what is theirs, and organisers see what is wrong with folders.</summary>
[Collection(BrowserCollection.Name)]
public sealed class OwnEntryPageTests(BrowserFixture browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_are_accessible_and_do_not_scroll_horizontally()
    {
        await using var server = new TestServer();
        await WriteFaultsAsync(server);
        await server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");
        var page = await browser.OpenAsync(server.Address);
        await using var context = page.Context;
        var entry = await SubmitAsync(server, page);
        var faults = new List<string>();

        await page.GotoAsync(entry);
        await page.GetByText("Edit or delete").ClickAsync();
        await page.Locator("input[name=method]").FillAsync("ResNet -> kNN");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByText("Changes saved.").WaitForAsync();
        await page.GetByText("Called Method until").ClickAsync();
        faults.AddRange(await PageVariants.FindViolationsAsync(page, "own-renamed"));
        await page.GotoAsync("/account");
        await page.Locator("input[name=teamName]").FillAsync("Pair");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create team" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Share 1 earlier submission" }).WaitForAsync();
        faults.AddRange(await PageVariants.FindViolationsAsync(page, "own-account"));
        await page.GotoAsync("/account/delete");
        await page.GetByLabel("Keep 1 public submission").CheckAsync();
        await page.GetByLabel("Your name, to confirm").FillAsync("Somebody else");
        await page.GetByLabel("Password").FillAsync(TestAccount.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete account" }).ClickAsync();
        await page.GetByText("not the name of your account").WaitForAsync();
        faults.AddRange(await PageVariants.FindViolationsAsync(page, "own-delete"));
        await using var database = await server.OpenDatabaseAsync();
        await database.Users.ExecuteUpdateAsync(set => set.SetProperty(a => a.IsOrganiser, true), Cancellation);
        await page.GotoAsync("/organise/benchmarks");
        await page.GetByText("belongs to no split").First.WaitForAsync();
        faults.AddRange(await PageVariants.FindViolationsAsync(page, "own-folders"));

        Assert.Empty(faults);
    }

    /// <summary>A folder without a valid manifest, a label file with problems, and a file with a misspelled name.</summary>
    private static async Task WriteFaultsAsync(TestServer server)
    {
        var broken = Path.Combine(Path.GetDirectoryName(server.Tiny)!, "broken");
        Directory.CreateDirectory(broken);
        await File.WriteAllTextAsync(Path.Combine(broken, "benchmark.json"), "{ \"slug\": \"broken\", \"colour\": 1 }", Cancellation);
        var labels = Path.Combine(server.Tiny, "labels");
        await File.WriteAllTextAsync(Path.Combine(labels, "training.csv"), "image_id,label\nt-0,0\nt-0,1\nt-1,9\n", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(labels, "tset3.csv"), "image_id,label\nc-0,0\n", Cancellation);
    }

    /// <summary>Registers in the browser and submits with a token.</summary>
    /// <returns>The path of the submission's page.</returns>
    private static async Task<string> SubmitAsync(TestServer server, IPage page)
    {
        await page.GotoAsync("/account/register");
        await page.GetByLabel("Public name").FillAsync("Ada Lovelace");
        await page.GetByLabel("Password").FillAsync(TestAccount.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await page.WaitForURLAsync("**/account");
        await using var database = await server.OpenDatabaseAsync();
        var id = await database.Users.Select(a => a.Id).SingleAsync(Cancellation);
        using var client = await TestAccount.Of(server, id, "Ada Lovelace").CreateClientAsync();
        var sent = await client.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2));
        return (string)sent["links"]!["page"]!;
    }
}
