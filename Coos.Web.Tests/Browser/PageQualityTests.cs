using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Coos.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Coos.Web.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed partial class PageQualityTests(CoosFixture server, BrowserFixture browser)
{
    public static TheoryData<string> Pages =>
        [
            "/",
            "/benchmarks",
            "/?columns=all",
            "/benchmarks/coos-sim",
            "/benchmarks/coos-sim?columns=all",
            "/benchmarks/coos-sim/generalisation",
            "/benchmarks/coos-sim/mix",
            "/benchmarks/coos-sim/mix?weights=Golgi:0.6,Endosome:0.4&costs=Golgi%3EEndosome:5&splits=test4",
            "/benchmarks/coos-sim/mix?weights=Golgi:-1",
            "/benchmarks/coos-7/mix",
            "/benchmarks/tiny/mix?splits=test1",
            "/benchmarks/coos-sim/methods",
            "/benchmarks/coos-7/methods",
            "{method}",
            "/benchmarks/coos-sim/consistency",
            "/benchmarks/coos-sim/consistency?split=test1",
            "/benchmarks/coos-7/consistency",
            "/benchmarks/coos-sim/plates/test3",
            "{baseline}/plates/test3",
            "{baseline}/plates/test2?true=2&plate=3",
            "{baseline}",
            "{baseline}/confusion/test3",
            "{baseline}/confusion/test3?from=test1",
            "/benchmarks/tiny",
            "/benchmarks/coos-7/generalisation",
            "/benchmarks/tiny/generalisation",
            "/benchmarks/tiny/changes",
            "/benchmarks/tiny/submit",
            "/benchmarks/coos-7/submit",
            "/benchmarks/coos-sim/data",
            "/benchmarks/coos-sim/images/test4?true=4",
            "/benchmarks/coos-sim/images/test4/157",
            "/benchmarks/coos-7/images/test4",
            "{baseline}/images/test4?true=4&predicted=3",
            "{submission}",
            "{submission}/confusion/test1",
            "{reported}",
            "/docs",
            "/docs/metrics",
            "/docs/resolution",
            "/docs/resolution?classes=0&error=ten",
            "/benchmarks/coos-7/data",
            "/not-found",
            "/no/such page?q=1",
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Pages_are_accessible_do_not_scroll_horizontally_and_leave_the_console_empty(string path)
    {
        var page = await browser.OpenAsync(server.Address);
        await using var context = page.Context;
        var messages = new List<string>();
        page.Console += (_, message) => messages.Add(message.Text);
        page.PageError += (_, error) => messages.Add(error);
        var response = await page.GotoAsync(await ResolveAsync(path));

        // The browser itself reports the status of a page that was not found, or whose query is invalid.
        messages.RemoveAll(m => response!.Status >= 400 && m.Contains("responded with a status", StringComparison.Ordinal));
        Assert.Empty(messages);
        var name = NotInNames().Replace(path, "-").Trim('-');
        Assert.Empty(await PageVariants.FindViolationsAsync(page, name.Length > 0 ? name : "leaderboard"));
    }

    [Fact]
    public async Task The_leaderboard_is_complete_and_sortable_without_JavaScript()
    {
        var page = await browser.OpenAsync(server.Address, javaScript: false);
        await page.GotoAsync("/");
        Assert.Equal(25, await page.Locator(".board tbody tr").CountAsync());
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Test4", Exact = true }).ClickAsync();

        Assert.EndsWith("?sort=test4#board", page.Url, StringComparison.Ordinal);
        Assert.Equal("4.1", (await page.Locator(".board tbody tr").First.Locator("td.heat:visible").Last.InnerTextAsync()).Trim());
        Assert.Equal(
            "ascending",
            await page.Locator("th", new PageLocatorOptions { HasText = "Test4 \u2191" }).GetAttributeAsync("aria-sort")
        );
    }

    private async Task<string> ResolveAsync(string path)
    {
        if (path.StartsWith("{reported}", StringComparison.Ordinal) || path.StartsWith("{baseline}", StringComparison.Ordinal))
        {
            var slug = path[1] == 'r' ? "coos-7" : "coos-sim";
            var board = await server.Client.GetFromJsonAsync<JsonNode>(
                $"/api/benchmarks/{slug}/leaderboard?pageSize=1",
                TestContext.Current.CancellationToken
            );
            return (string)board!["rows"]![0]!["links"]!["page"]! + path[10..];
        }

        if (path == "{method}")
        {
            var methods = await server.Client.GetFromJsonAsync<JsonNode>(
                "/api/benchmarks/coos-sim/methods",
                TestContext.Current.CancellationToken
            );
            return (string)methods!["methods"]![0]!["links"]!["page"]!;
        }

        return path.StartsWith("{submission}", StringComparison.Ordinal)
            ? path.Replace("{submission}", await SubmissionAsync(), StringComparison.Ordinal)
            : path;
    }

    /// <summary>The page of a submission that this class sends once; later calls find it by the 409 response.</summary>
    private async Task<string> SubmissionAsync()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("tiny"), "benchmark" },
            { new StringContent("Quality"), "method" },
            { new StringContent("Page quality tests"), "submitter" },
            { new StringContent(TinyBenchmark.Predictions("test1", 0, 1, 1, 1, 2, 0)), "test1", "test1.csv" },
            { new StringContent(TinyBenchmark.Predictions("test2", 0, 1, 0, 2, 1, 2)), "test2", "test2.csv" },
        };
        using var response = await server.Client.PostAsync("/api/submissions", form, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        return (string)(body!["links"] ?? body["submission"])!["page"]!;
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotInNames();
}
