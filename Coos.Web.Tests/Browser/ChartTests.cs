using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>Charts with a keyboard, and for readers who are signed in.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ChartTests(CoosFixture server, BrowserFixture browser)
{
    [Theory]
    [InlineData(1280, "wide")]
    [InlineData(390, "narrow")]
    public async Task A_focused_line_is_named_and_the_others_fade(int width, string drawing)
    {
        var page = await browser.OpenAsync(server.Address, width: width);
        await using var context = page.Context;
        await page.GotoAsync("/benchmarks/coos-sim");
        var lines = page.Locator($".shift-chart .{drawing} .entry");
        await page.Locator(".tabs a").Last.FocusAsync();

        await page.Keyboard.PressAsync("Tab");

        Assert.Equal(5, await lines.CountAsync());
        await Assertions.Expect(lines.First).ToBeFocusedAsync();
        await Assertions.Expect(lines.First).ToHaveCSSAsync("opacity", "1");
        await Assertions.Expect(lines.Nth(1)).ToHaveCSSAsync("opacity", "0.22");
        await Assertions
            .Expect(lines.First.Locator("title"))
            .ToHaveTextAsync(
                new System.Text.RegularExpressions.Regex(@"^DeepLoc.*: Test1 \d\.\d% \(\d\.\d–\d\.\d\), Test2 .*, Test4 \d\.\d% ")
            );
        Assert.Single(await page.Locator(".shift-chart > svg:visible").AllAsync());
    }

    [Fact]
    public async Task Calibration_is_one_chart_with_a_line_per_test_set()
    {
        var board = await server.Client.GetJsonAsync("/api/benchmarks/coos-sim/leaderboard?pageSize=1");
        var page = await browser.OpenAsync(server.Address);
        await using var context = page.Context;
        await page.GotoAsync((string)board["rows"]![0]!["links"]!["page"]!);

        var lines = page.Locator(".reliability > svg .entry");

        await Assertions.Expect(page.Locator(".reliability > svg")).ToHaveCountAsync(1);
        Assert.Equal(
            ["Test1", "Test2", "Test3", "Test4"],
            (await lines.EvaluateAllAsync<string[]>("all => all.map(e => e.getAttribute('aria-label'))")).Select(t => t[..5])
        );
        await lines.Nth(2).FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(lines.Nth(3)).ToBeFocusedAsync();
        await Assertions.Expect(lines.First).ToHaveCSSAsync("opacity", "0.22");
    }
}
