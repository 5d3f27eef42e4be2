using System.Globalization;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>Local times, keyboard navigation and printing.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LocaleKeyboardAndPrintTests(CoosFixture server, BrowserFixture browser)
{
    [Fact]
    public async Task Times_are_in_the_local_zone_and_show_UTC_on_focus()
    {
        var (address, created) = await FindBestBaselineAsync();
        var utc = created.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        var page = await browser.OpenAsync(server.Address, timeZone: "Asia/Kolkata");
        await using var context = page.Context;
        await page.GotoAsync(address);
        var time = page.Locator(".byline time");

        await Assertions
            .Expect(time.Locator(".local"))
            .ToHaveTextAsync(created.AddMinutes(330).ToString("yyyy-MM-dd HH:mm 'GMT+5:30'", CultureInfo.InvariantCulture));
        await Assertions.Expect(time.Locator(".utc")).ToHaveTextAsync(utc);
        await Assertions.Expect(time.Locator(".utc")).Not.ToHaveCSSAsync("clip-path", "none");
        await time.FocusAsync();
        await Assertions.Expect(time.Locator(".utc")).ToHaveCSSAsync("clip-path", "none");

        var plain = await browser.OpenAsync(server.Address, javaScript: false, timeZone: "Asia/Kolkata");
        await using var other = plain.Context;
        await plain.GotoAsync(address);
        await Assertions.Expect(plain.Locator(".byline time")).ToHaveTextAsync(utc);
    }

    [Fact]
    public async Task The_keyboard_can_skip_to_the_leaderboard_and_sort_it()
    {
        var page = await browser.OpenAsync(server.Address);
        await using var context = page.Context;
        await page.GotoAsync("/benchmarks/coos-sim");

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Locator(".scroll:has(> .board)").FocusAsync();
        for (var i = 0; i < 4; i++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Equal("Test1", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(server.Address, "/benchmarks/coos-sim?sort=test1#board").ToString());
    }

    [Fact]
    public async Task A_printed_entry_is_complete_on_a_white_background()
    {
        var (address, _) = await FindBestBaselineAsync();
        var page = await browser.OpenAsync(server.Address, ColorScheme.Dark, width: 718);
        await using var context = page.Context;
        await page.GotoAsync(address);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print, ColorScheme = ColorScheme.Dark });

        await Assertions.Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(255, 255, 255)");
        await Assertions.Expect(page.Locator(".top-bar")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".matrices-small svg")).ToHaveCountAsync(4);
        Assert.All(
            await page.Locator(".matrices-small svg").EvaluateAllAsync<double[]>("all => all.map(e => e.getBoundingClientRect().right)"),
            right => Assert.InRange(right, 1, 718)
        );
        Screenshots.Save(await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true }), "submission-print.png");
    }

    /// <summary>The page and the creation time of the best bundled baseline.</summary>
    private async Task<(string Page, DateTime Created)> FindBestBaselineAsync()
    {
        var row = ((JsonArray)(await server.Client.GetJsonAsync("/api/benchmarks/coos-sim/leaderboard?pageSize=1"))["rows"]!)[0]!;
        return (
            (string)row["links"]!["page"]!,
            DateTime.Parse((string)row["createdAt"]!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)
        );
    }
}
