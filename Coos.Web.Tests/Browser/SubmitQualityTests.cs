using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>States of the submit page without an own address are accessible and do not scroll horizontally.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SubmitQualityTests(CoosFixture server, BrowserFixture browser)
{
    private static readonly Dictionary<string, Func<CoosFixture, IPage, Task>> States = new()
    {
        ["problems"] = (_, page) => ChooseWrongFilesAsync(page),
        ["complete"] = (_, page) => ChooseGoodFilesAsync(page),
        ["preview"] = OpenPreviewAsync,
        ["error"] = (_, page) => page.GotoAsync("/error"),
        ["api-guide"] = (_, page) => page.GotoAsync("/docs/api"),
        ["data"] = (_, page) => page.GotoAsync("/benchmarks/coos-7/data"),
    };

    public static TheoryData<string> Names => [.. States.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task States_are_accessible_and_do_not_scroll_horizontally(string state)
    {
        var page = await browser.OpenAsync(server.Address);
        await using var context = page.Context;
        await States[state](server, page);

        Assert.Empty(await PageVariants.FindViolationsAsync(page, "state-" + state));
    }

    private static async Task ChooseWrongFilesAsync(IPage page)
    {
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.ChooseTextAsync("test1", "image_id,label,score\na-0,0,1\na-1,7,1\na-2,7,1\na-3,1\na-4,2,1\na-9,2,1\n");
        await submit.ChooseTextAsync("test2", TinyBenchmark.Predictions("test1", 0, 0, 1, 1, 2, 2));
        await submit.StateAsync("test1");
        await submit.StateAsync("test2");
        await Assertions.Expect(page.Locator(".problems")).ToContainTextAsync("Nothing was stored.");
    }

    private static async Task ChooseGoodFilesAsync(IPage page)
    {
        var submit = new SubmitPageObject(page);
        await submit.OpenAsync(TinyBenchmark.Slug);
        await submit.ChooseTextAsync("test1", TinyBenchmark.Predictions("test1", 0, 0, 1, 1, 2, 2));
        await submit.StateAsync("test1");
    }

    private static async Task OpenPreviewAsync(CoosFixture server, IPage page)
    {
        using var response = await server.Client.SubmitAsync(
            UploadForm.Tiny("Quality of previews").Field("visibility", "private").Test1(0, 0, 1, 1, 1, 1).Test2(0, 0, 0, 1, 1, 0)
        );
        var body = System.Text.Json.Nodes.JsonNode.Parse(await response.ReadTextAsync())!;
        await page.GotoAsync((string)(body["links"] ?? body["submission"])!["page"]!);
        await Assertions.Expect(page.Locator(".preview")).ToBeVisibleAsync();
        Assert.Equal("Mean", await page.Locator(".preview thead th").Nth(2).InnerTextAsync());
        await Assertions.Expect(page.Locator(".preview tr.own td.strong small")).ToBeVisibleAsync();
    }
}
