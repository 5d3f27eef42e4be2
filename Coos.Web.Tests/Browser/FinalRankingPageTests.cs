using Coos.Web.Tests.Access;
using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>The leaderboard of a closed benchmark with a sealed part.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FinalRankingPageTests(BrowserFixture browser)
{
    [Fact]
    public async Task The_leaderboard_of_a_closed_benchmark_is_accessible_and_does_not_scroll_horizontally()
    {
        await using var own = await SealedServer.StartAsync(FinalRankingTests.Labels, FinalRankingTests.Labels);
        await FinalRankingTests.SubmitAsync(own.Server);
        await own.CloseAsync();
        var faults = new List<string>();
        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1280), (ColorScheme.Dark, 390) })
        {
            var page = await browser.OpenAsync(own.Server.Address, scheme, width);
            await page.GotoAsync("/benchmarks/tiny");
            faults.AddRange(await PageVariants.FindViolationsAsync(page, "final-ranking", scheme, width));
        }

        Assert.Empty(faults);
    }
}
