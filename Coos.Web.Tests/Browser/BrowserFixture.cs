using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>One Chromium for all browser tests; where the machine has none, they skip and say so.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Candidates =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/usr/bin/google-chrome-stable",
    ];

    /// <summary>What keeps Chromium from looking for hosts outside.</summary>
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

    /// <summary>How long an expectation waits, in ms. A machine that runs other tests beside is slow, not wrong.</summary>
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

    /// <summary>A fresh window on the server; skips the test where there is no browser.</summary>
    /// <param name="address">The server.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="width">Pixels: 1280 a desktop, 390 a phone.</param>
    /// <param name="javaScript">Whether scripts run.</param>
    /// <param name="timeZone">The reader's time zone; null for the machine's.</param>
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
            Assert.Skip("Chromium is not installed: install the package chromium, or name a browser in COOS_CHROMIUM");
        }

        var context = await _browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = address.ToString(),
                ColorScheme = scheme,
                JavaScriptEnabled = javaScript,
                TimezoneId = timeZone,
                ViewportSize = new ViewportSize { Width = width, Height = width > 500 ? 900 : 844 },
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
