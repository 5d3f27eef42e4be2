using Coos.Web.Tests.Access;
using Coos.Web.Tests.Support;
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
        var page = await browser.OpenAsync(own.Server.Address);
        await using var context = page.Context;
        await page.GotoAsync("/benchmarks/tiny");

        Assert.Empty(await PageVariants.FindViolationsAsync(page, "final-ranking"));
    }
}
