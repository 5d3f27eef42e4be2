using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>The four looks of a page, light and dark, on a desktop and a phone, and what every page owes its readers in each.</summary>
internal static class Looks
{
    private static readonly (ColorScheme Scheme, int Width)[] All =
    [
        (ColorScheme.Light, 1280),
        (ColorScheme.Light, 390),
        (ColorScheme.Dark, 1280),
        (ColorScheme.Dark, 390),
    ];

    /// <summary>Each page in each look.</summary>
    /// <param name="pages">How a test calls them.</param>
    public static TheoryData<string, ColorScheme, int> Of(IEnumerable<string> pages) =>
        [.. pages.SelectMany(page => All.Select(look => new TheoryDataRow<string, ColorScheme, int>(page, look.Scheme, look.Width)))];

    /// <summary>Keeps a picture of the page as it is, and says what axe finds and whether it scrolls sideways.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">What the picture and the faults are called.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="width">Pixels.</param>
    /// <returns>Nothing, where all is well.</returns>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page, string name, ColorScheme scheme, int width)
    {
        Artefacts.Keep(
            await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true }),
            $"{name}-{scheme}-{width}.png".ToLowerInvariant()
        );
        var result = await page.RunAxe();
        var faults = result.Violations.Select(v => $"{name}: {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}").ToList();
        var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        if (wide != width)
        {
            faults.Add($"{name} is {wide} pixels wide");
        }

        return faults;
    }
}
