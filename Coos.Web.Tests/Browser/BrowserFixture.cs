using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>One Chromium for all browser tests, which are skipped with a reason if it is not installed.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Candidates =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/usr/bin/google-chrome-stable",
    ];

    /// <summary>Arguments that prevent Chromium from resolving external hosts.</summary>
    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    /// <summary>The timeout of an expectation in ms, long enough for a machine that runs other tests at the same time.</summary>
    private const float ExpectTimeout = 30_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if ((Environment.GetEnvironmentVariable("COOS_CHROMIUM") ?? Candidates.FirstOrDefault(File.Exists)) is not { } path)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(ExpectTimeout);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Arguments });
    }

    /// <summary>The height of a window: that of a desktop or of a phone.</summary>
    /// <param name="width">Pixels.</param>
    /// <returns>Pixels.</returns>
    public static int HeightOf(int width) => width > 500 ? 900 : 844;

    /// <summary>Opens a new window; skips the test if there is no browser.</summary>
    /// <param name="address">The server.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="width">The width in pixels: 1280 for a desktop, 390 for a phone.</param>
    /// <param name="javaScript">Whether JavaScript is enabled.</param>
    /// <param name="timeZone">The browser's time zone; null for that of the machine.</param>
    public async Task<IPage> OpenAsync(
        Uri address,
        ColorScheme scheme = ColorScheme.Light,
        int width = 1280,
        bool javaScript = true,
        string? timeZone = null
    )
    {
        if (_browser is null)
        {
            Assert.Skip("Chromium is not installed: install the package chromium, or set COOS_CHROMIUM to a browser");
        }

        var context = await _browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = address.ToString(),
                ColorScheme = scheme,
                JavaScriptEnabled = javaScript,
                TimezoneId = timeZone,
                ViewportSize = new ViewportSize { Width = width, Height = HeightOf(width) },
            }
        );
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
