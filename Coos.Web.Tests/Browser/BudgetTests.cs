using System.Text.Json;
using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>Limits the bytes and the layout shift of a first visit to a leaderboard.</summary>
[Collection(BrowserCollection.Name)]
public sealed class BudgetTests(CoosFixture server, BrowserFixture browser)
{
    /// <summary>150 kB, and the font with 48 kB, which the next visits do not load.</summary>
    private const int MaxBytes = 200_000;
    private const double MaxLayoutShift = 0.02;
    private const int CpuSlowdown = 4;

    private const string ObserverScript = """
        window.seen = { paint: 0, shift: 0 };
        new PerformanceObserver(list => { for (const e of list.getEntries()) window.seen.paint = e.startTime; })
          .observe({ type: 'largest-contentful-paint', buffered: true });
        new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.seen.shift += e.value; })
          .observe({ type: 'layout-shift', buffered: true });
        """;

    [Theory]
    [InlineData("/", 1280)]
    [InlineData("/", 390)]
    [InlineData("/benchmarks/coos-sim", 1280)]
    [InlineData("/benchmarks/coos-sim", 390)]
    public async Task A_first_visit_stays_within_the_limits_of_bytes_and_layout_shift(string path, int width)
    {
        var visit = await VisitAsync(path, width);

        // The largest contentful paint is printed without a limit because it depends on the load of the machine.
        TestContext.Current.TestOutputHelper!.WriteLine($"{path} at {width} px: {visit}");
        Assert.InRange(visit.Bytes, 10_000, MaxBytes);
        Assert.InRange(visit.Shift, 0, MaxLayoutShift);
        Assert.True(visit.Paint > 0);
        Assert.DoesNotContain(visit.Files, f => f.Contains("blazor.", StringComparison.Ordinal));
    }

    /// <summary>Visits a page with an empty cache and a processor slowed down four times.</summary>
    private async Task<Visit> VisitAsync(string path, int width)
    {
        var page = await browser.OpenAsync(server.Address, width: width);
        await using var context = page.Context;
        var client = await context.NewCDPSessionAsync(page);
        var (bytes, files) = (0.0, new List<string>());
        client.Event("Network.loadingFinished").OnEvent += (_, e) => bytes += e!.Value.GetProperty("encodedDataLength").GetDouble();
        client.Event("Network.requestWillBeSent").OnEvent += (_, e) =>
            files.Add(e!.Value.GetProperty("request").GetProperty("url").GetString()!);
        await client.SendAsync("Network.enable");
        await client.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = CpuSlowdown });
        await page.AddInitScriptAsync(ObserverScript);
        await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))");
        var seen = await page.EvaluateAsync<JsonElement>("() => window.seen");
        return new Visit((int)bytes, seen.GetProperty("paint").GetDouble(), seen.GetProperty("shift").GetDouble(), files);
    }

    private sealed record Visit(int Bytes, double Paint, double Shift, IReadOnlyList<string> Files)
    {
        public override string ToString() =>
            FormattableString.Invariant($"{Bytes} bytes in {Files.Count} files, largest paint {Paint:0} ms, shift {Shift:0.0000}");
    }
}
