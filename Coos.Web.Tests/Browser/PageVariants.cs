using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>The four variants of a page, light and dark on desktop and phone, and the accessibility checks of each.</summary>
internal static class PageVariants
{
    private static readonly (ColorScheme Scheme, int Width)[] All =
    [
        (ColorScheme.Light, 1280),
        (ColorScheme.Light, 390),
        (ColorScheme.Dark, 1280),
        (ColorScheme.Dark, 390),
    ];

    /// <summary>Combines each page with each variant.</summary>
    /// <param name="pages">The names of the pages in the test.</param>
    public static TheoryData<string, ColorScheme, int> Combine(IEnumerable<string> pages) =>
        [
            .. pages.SelectMany(page =>
                All.Select(variant => new TheoryDataRow<string, ColorScheme, int>(page, variant.Scheme, variant.Width))
            ),
        ];

    /// <summary>Saves a screenshot of the page, and returns what axe reports and whether the page scrolls horizontally.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">The name of the page in the screenshot and in messages.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="width">Pixels.</param>
    /// <returns>The violations; empty if there are none.</returns>
    public static async Task<IReadOnlyList<string>> FindViolationsAsync(IPage page, string name, ColorScheme scheme, int width)
    {
        Screenshots.Save(
            await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true }),
            $"{name}-{scheme}-{width}.png".ToLowerInvariant()
        );
        var result = await page.RunAxe();
        var faults = result.Violations.Select(v => $"{name}: {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}").ToList();
        var scrollWidth = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        if (scrollWidth != width)
        {
            faults.Add($"{name} is {scrollWidth} pixels wide");
        }

        return faults;
    }
}
