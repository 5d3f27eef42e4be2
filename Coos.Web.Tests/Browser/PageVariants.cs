using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Coos.Web.Tests.Browser;

/// <summary>The checks of a page in its four variants: light and dark, on desktop and phone.</summary>
internal static class PageVariants
{
    /// <summary>Each axe rule runs where its result may differ: colours follow the theme, and everything else follows the width.</summary>
    private static readonly (ColorScheme Scheme, int Width, string? Rules)[] All =
    [
        (ColorScheme.Light, 1280, "{}"),
        (ColorScheme.Light, 390, "{ rules: { 'color-contrast': { enabled: false } } }"),
        (ColorScheme.Dark, 390, null),
        (ColorScheme.Dark, 1280, "{ runOnly: { type: 'rule', values: ['color-contrast'] } }"),
    ];

    /// <summary>axe itself. Pages do not use frames, so the package that gathers frames through a second window is not needed.</summary>
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private const string FindViolations = """
        async rules => (await axe.run(document, { resultTypes: ['violations'], ...rules })).violations
          .map(violation => `${violation.id}: ${violation.help}: ${violation.nodes.map(node => node.html).join(' | ')}`)
        """;

    /// <summary>
    /// Saves a screenshot of each variant of a loaded page, and returns what axe reports and whether the page scrolls horizontally.
    /// The page is loaded once, because theme and layout follow media queries; reloading it four times takes a browser far longer.
    /// </summary>
    /// <param name="page">The page.</param>
    /// <param name="name">The name of the page in the screenshots and in messages.</param>
    /// <returns>The violations; empty if there are none.</returns>
    public static async Task<IReadOnlyList<string>> FindViolationsAsync(IPage page, string name)
    {
        var violations = new List<string>();
        await page.EvaluateAsync(Axe);
        foreach (var (scheme, width, rules) in All)
        {
            // Without motion, colours do not fade into the other theme while axe measures them.
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await page.SetViewportSizeAsync(width, BrowserFixture.HeightOf(width));
            Screenshots.Save(
                await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true }),
                $"{name}-{scheme}-{width}.png".ToLowerInvariant()
            );
            if (rules is not null)
            {
                var found = await page.EvaluateAsync<string[]>($"({FindViolations})({rules})");
                violations.AddRange(found.Select(v => $"{name}, {scheme}, {width}: {v}"));
            }

            var scrollWidth = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (scrollWidth != width)
            {
                violations.Add($"{name}, {scheme}: {scrollWidth} pixels wide in a window of {width}");
            }
        }

        return violations;
    }
}
