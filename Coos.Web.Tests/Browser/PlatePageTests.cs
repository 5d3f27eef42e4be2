using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>Plate maps of 96 and 1536 wells, tables of other names, and labels without wells; coos-sim has maps of 384 wells.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PlatePageTests(BrowserFixture browser)
{
    [Fact]
    public async Task Plate_pages_are_accessible_and_do_not_scroll_horizontally()
    {
        await using var server = new TestServer();
        PlateBenchmark.WriteTo(server);
        await server.StartAsync();
        var form = PlateBenchmark.Submission("A method", "Lab", 3, 1, "test1", "test2", "test3", "test4");
        var id = (string)(await server.Client.SubmitScoredAsync(form))["id"]!;
        var page = await browser.OpenAsync(server.Address);
        await using var context = page.Context;

        foreach (var split in new[] { "test1", "test2", "test3", "test4" })
        {
            await page.GotoAsync($"/submissions/{id}/plates/{split}");
            Assert.Empty(await PageVariants.FindViolationsAsync(page, $"plates-{split}"));
        }
    }

    [Fact]
    public async Task A_class_and_a_plate_are_chosen_without_a_script()
    {
        await using var server = new TestServer();
        PlateBenchmark.WriteTo(server);
        await server.StartAsync();
        var id = (string)(await server.Client.SubmitScoredAsync(PlateBenchmark.Submission("A method", "Lab", 3, 1, "test1")))["id"]!;
        var page = await browser.OpenAsync(server.Address, javaScript: false);
        await using var context = page.Context;
        await page.GotoAsync($"/submissions/{id}");

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Plate map of Test1" }).ClickAsync();
        Assert.Equal(2, await page.Locator("svg.plate").CountAsync());
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Plate P2" }).ClickAsync();
        await page.GetByLabel("True class").SelectOptionAsync("Odd wells");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show" }).ClickAsync();

        Assert.EndsWith($"/submissions/{id}/plates/test1?plate=P2&true=1", page.Url, StringComparison.Ordinal);
        Assert.Equal(1, await page.Locator("svg.plate").CountAsync());
        Assert.Equal(48, await page.Locator("svg.plate circle").CountAsync());
        Assert.StartsWith(
            "Plate P2, 96 wells, 48 of them with images: error 35.0% of 240 images.",
            await page.GetByRole(AriaRole.Img).First.GetAttributeAsync("aria-label"),
            StringComparison.Ordinal
        );
    }
}
