using Coos.Web.Tests.Api;
using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>Pages of comparisons, matrices and calibration, in both themes, on desktop and phone.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ComparisonQualityTests(CoosFixture server, BrowserFixture browser)
{
    private static readonly Dictionary<string, string> Pages = new()
    {
        ["compare-choose"] = "/compare?benchmark=tiny",
        ["compare"] = "/compare?a={a}&b={b}",
        ["compare-refused"] = "/compare?a={a}&b={a}",
        ["compare-reported"] = "/compare?a={r}&b={s}",
        ["confusion-shift"] = "/submissions/{a}/confusion/test2?from=test1&order=loss",
        ["confusion-against"] = "/submissions/{a}/confusion/test1?against={b}",
        ["submission-calibration"] = "/submissions/{b}",
    };

    private static readonly SemaphoreSlim Once = new(1, 1);
    private static (CoosFixture Server, Guid A, Guid B)? _pair;

    public static TheoryData<string> Names => [.. Pages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Comparison_pages_are_accessible_and_do_not_scroll_horizontally(string name)
    {
        var page = await browser.OpenAsync(server.Address);
        await using var context = page.Context;
        await page.GotoAsync(await ResolveAsync(Pages[name]));

        Assert.Empty(await PageVariants.FindViolationsAsync(page, name));
    }

    [Fact]
    public async Task A_focused_cell_shows_its_interval_without_JavaScript()
    {
        var page = await browser.OpenAsync(server.Address, javaScript: false);
        await using var context = page.Context;
        await page.GotoAsync(await ResolveAsync("/submissions/{a}/confusion/test1"));
        var cells = page.Locator(".confusion td[tabindex]");
        var first = cells.First.Locator(".reading");

        await page.Locator(".matrix .scroll").First.FocusAsync();
        await page.Keyboard.PressAsync("Tab");

        Assert.Equal(9, await cells.CountAsync());
        Assert.Equal("Round predicted correctly: 2 of 2 images, 100.0%, 95% interval 34.2\u2013100.0", await first.InnerTextAsync());
        await Assertions.Expect(first).ToHaveCSSAsync("clip-path", "none");
        await Assertions.Expect(cells.Nth(1).Locator(".reading")).Not.ToHaveCSSAsync("clip-path", "none");
        await cells.Nth(1).HoverAsync();
        Screenshots.Save(await page.ScreenshotAsync(), "confusion-focus.png");
    }

    [Fact]
    public async Task Two_entries_can_be_selected_without_JavaScript()
    {
        var page = await browser.OpenAsync(server.Address, javaScript: false);
        await using var context = page.Context;
        await page.GotoAsync(await ResolveAsync("/submissions/{a}"));
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Compare with another entry" }).ClickAsync();
        await page.GetByLabel("B", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync(await ResolveAsync("{b}"));
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Compare", Exact = true }).ClickAsync();

        Assert.Contains(await ResolveAsync("a={a}&b={b}"), page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator(".verdict")).ToHaveTextAsync("No difference shown on Test1.");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Swap A and B" }).ClickAsync();
        Assert.Contains(await ResolveAsync("a={b}&b={a}"), page.Url, StringComparison.Ordinal);
    }

    private async Task<string> ResolveAsync(string path)
    {
        var (_, a, b) = await SubmitAsync();
        var (r, s) = await EntryPair.ReportedAsync(server.Client);
        return path.Replace("{a}", a.ToString(), StringComparison.Ordinal)
            .Replace("{b}", b.ToString(), StringComparison.Ordinal)
            .Replace("{r}", r.ToString(), StringComparison.Ordinal)
            .Replace("{s}", s.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Creates two submissions once for all tests of a server.</summary>
    private async Task<(CoosFixture Server, Guid A, Guid B)> SubmitAsync()
    {
        await Once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_pair?.Server != server)
            {
                var a = await server.Client.SubmitScoredAsync(
                    UploadForm.Tiny("Comparison quality", "Careful").Test1(0, 0, 1, 1, 2, 0).Test2(0, 0, 0, 1, 2, 1)
                );
                var b = await server.Client.SubmitScoredAsync(
                    UploadForm.Tiny("Comparison quality", "Sure").File("test1", CalibrationApiTests.WithProbabilities)
                );
                _pair = (server, (Guid)a["id"]!, (Guid)b["id"]!);
            }

            return _pair.Value;
        }
        finally
        {
            Once.Release();
        }
    }
}
