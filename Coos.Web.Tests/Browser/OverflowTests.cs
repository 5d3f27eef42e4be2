using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

/// <summary>Long words, names without spaces and the widest numbers do not overflow the page.</summary>
[Collection(BrowserCollection.Name)]
public sealed class OverflowTests(BrowserFixture browser)
{
    private static readonly string Word = string.Concat(Enumerable.Repeat("Unbroken", 12));

    /// <summary>
    /// Finds elements that overflow the page and returns their names. Content of a scrolling container does not count; an
    /// absolutely positioned element belongs to its offset parent.
    /// </summary>
    private const string OverflowScript = """
        () => {
          const holder = element => getComputedStyle(element).position === 'absolute' ? element.offsetParent : element.parentElement;
          const scrolls = element => element !== document.body && element !== document.documentElement
            && getComputedStyle(element).overflowX !== 'visible';
          const isHeld = element => { for (let e = holder(element); e; e = holder(e)) if (scrolls(e)) return true; return false; };
          return [...document.querySelectorAll('body *')]
            .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5 && !isHeld(element))
            .map(element => element.outerHTML.slice(0, 200));
        }
        """;

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(820)]
    [InlineData(1280)]
    public async Task Nothing_overflows_the_page(int width)
    {
        await using var server = new TestServer();
        TinyBenchmark.WriteWells(server.Tiny);
        await server.StartAsync();
        var entries = new List<string>
        {
            await SendAsync(server, Word, Word, [0, 0, 2, 1, 1, 2], [1, 1, 0, 2, 2, 2]),
            await SendAsync(
                server,
                "Features with a name of several words, \"quoted\" & marked; a second half as long as the first",
                "A group of people whose name has many words",
                [1, 1, 2, 2, 0, 0],
                [1, 1, 1, 0, 0, 0]
            ),
            await SendAsync(
                server,
                "\u7d30\u80de\u5716\u50cf\u5206\u985e\u5668\u7684\u5f88\u9577\u7684"
                    + "\u540d\u5b57\u6c92\u6709\u4efb\u4f55\u7a7a\u683c\u7684\u540d\u5b57",
                "Lab",
                [0, 0, 1, 1, 2, 2],
                [0, 0, 0, 1, 1, 2]
            ),
        };
        await server.AwaitBoardAsync(TinyBenchmark.Slug, board => board["rows"]!.AsArray().Count == 3);
        string[] pages =
        [
            "/benchmarks/tiny",
            "/benchmarks/tiny?columns=all",
            "/benchmarks/tiny?copy=markdown",
            "/benchmarks/tiny?q=" + Word,
            "/benchmarks/tiny/generalisation",
            "/benchmarks/tiny/mix",
            "/benchmarks/tiny/mix?weights=R:3,2:1&costs=*%3ER:2&splits=test1,test2",
            $"/benchmarks/tiny/mix?weights={Word}:1",
            "/benchmarks/tiny/methods",
            "/benchmarks/tiny/consistency",
            "/benchmarks/tiny/changes",
            "/benchmarks/tiny/data",
            .. entries.Select(e => $"/submissions/{e}"),
            "/benchmarks/tiny/plates/test1",
            $"/submissions/{entries[0]}/plates/test1",
            $"/submissions/{entries[0]}/confusion/test1",
            $"/submissions/{entries[0]}/confusion/test2?from=test1",
            $"/submissions/{entries[0]}/confusion/test1?against={entries[1]}",
            $"/compare?a={entries[0]}&b={entries[1]}",
            "/compare?benchmark=tiny",
            "/docs/resolution",
            "/docs/resolution?icc=" + Word,
            "/" + Word,
        ];
        var page = await browser.OpenAsync(server.Address, width: width);
        await using var context = page.Context;
        var outside = new List<string>();

        foreach (var (i, path) in pages.Index())
        {
            await page.GotoAsync(path);
            Screenshots.Save(await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true }), $"long-names-{i:00}-{width}.png");
            outside.AddRange((await page.EvaluateAsync<string[]>(OverflowScript)).Select(element => $"{path}: {element}"));
            outside.AddRange(
                (await page.EvaluateAsync<string[]>(LeaderboardLayoutTests.LabelsOutside)).Select(label => $"{path}: cut: {label}")
            );
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var scrollWidth && scrollWidth != width)
            {
                outside.Add($"{path} is {scrollWidth} pixels wide");
            }
        }

        Assert.True(outside is [], string.Join('\n', outside));
    }

    private static async Task<string> SendAsync(TestServer server, string method, string submitter, int[] test1, int[] test2)
    {
        var form = new UploadForm()
            .Field("benchmark", TinyBenchmark.Slug)
            .Field("method", method)
            .Field("submitter", submitter)
            .File("test1", TinyBenchmark.Predictions("test1", test1))
            .File("test2", TinyBenchmark.Predictions("test2", test2));
        return (string)(await server.Client.SubmitScoredAsync(form))["id"]!;
    }
}
