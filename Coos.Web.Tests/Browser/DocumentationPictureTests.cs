using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>Takes the screenshots of README and documentation on a new server with only the bundled results.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DocumentationPictureTests(BrowserFixture browser)
{
    private const string Simulated = "/api/benchmarks/coos-sim/leaderboard";

    [Fact]
    public async Task The_screenshots_of_the_documentation_can_be_taken()
    {
        await using var server = new CoosFixture { IsBundledOnly = true };
        await server.InitializeAsync();
        var rows = await ReadRanksAsync(server);
        var (first, second) = ((string)rows[0]!["id"]!, (string)rows[1]!["id"]!);
        var page = await browser.OpenAsync(server.Address);
        await using var context = page.Context;

        await TakeAsync(page, "/", "leaderboard.png");
        await TakeAsync(page, "/benchmarks/coos-7/generalisation", "generalisation.png");
        await TakeAsync(page, $"/submissions/{first}", "submission.png");
        await TakeAsync(page, $"/compare?a={first}&b={second}", "compare.png");
        await TakeAsync(page, $"/submissions/{first}/images/test4?true=4&predicted=3", "images.png");
        await TakeAsync(page, "/benchmarks/coos-sim/plates/test3?plate=5", "plates.png");
    }

    /// <summary>Waits until the bundled baselines have rank intervals.</summary>
    private static async Task<JsonArray> ReadRanksAsync(CoosFixture server)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var board = await server.Client.GetJsonAsync(Simulated);
            if ((string?)board["ranking"]!["intervals"] == "ready")
            {
                return board["rows"]!.AsArray();
            }

            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(2), board["ranking"]!.ToJsonString());
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static async Task TakeAsync(IPage page, string address, string name)
    {
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        var picture = await page.ScreenshotAsync();
        Screenshots.UpdateDocumentation(picture, name);
        Assert.True(picture.Length > 20_000, $"{name}: the screenshot is empty.");
    }
}
