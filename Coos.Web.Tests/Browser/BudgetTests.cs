using System.Text.Json;
using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>What a first visit of a leaderboard costs its reader: bytes, and layout that moves.</summary>
[Collection(BrowserCollection.Name)]
public sealed class BudgetTests(CoosFixture server, BrowserFixture browser)
{
    private const int MostBytes = 150_000;
    private const double MostShift = 0.02;
    private const int SlowDown = 4;

    private const string Watch = """
        window.seen = { paint: 0, shift: 0 };
        new PerformanceObserver(list => { for (const e of list.getEntries()) window.seen.paint = e.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
        new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.seen.shift += e.value; }).observe({ type: 'layout-shift', buffered: true });
        """;

    [Theory]
    [InlineData("/", 1280)]
    [InlineData("/", 390)]
    [InlineData("/benchmarks/coos-sim", 1280)]
    [InlineData("/benchmarks/coos-sim", 390)]
    public async Task A_first_visit_is_small_and_nothing_moves(string path, int width)
    {
        var visit = await VisitAsync(path, width);

        // The time to the largest paint is printed and not judged: it depends on what else the machine does.
        TestContext.Current.TestOutputHelper!.WriteLine($"{path} at {width} px: {visit}");
        Assert.InRange(visit.Bytes, 10_000, MostBytes);
        Assert.InRange(visit.Shift, 0, MostShift);
        Assert.True(visit.Paint > 0);
        Assert.DoesNotContain(visit.Files, f => f.Contains("blazor.", StringComparison.Ordinal));
    }

    /// <summary>One visit with an empty cache and a processor a quarter as fast.</summary>
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
        await client.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = SlowDown });
        await page.AddInitScriptAsync(Watch);
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
