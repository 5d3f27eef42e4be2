using Coos.Server.Configuration;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Discovery;

/// <summary>The front page, and the benchmark in the header.</summary>
[OneDatabase]
public sealed class FrontPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "<h1>COOS-7: ")]
    [InlineData("tiny", "<h1>Tiny")]
    [InlineData("index", "<h1>Does it still work on data it has not seen?")]
    public async Task The_front_page_is_the_configured_one(string? setting, string title)
    {
        await using var server = await StartAsync(setting);

        var front = await server.Client.GetStringAsync("/", Cancellation);
        var list = await server.Client.GetStringAsync("/benchmarks", Cancellation);

        Assert.Contains(title, front, StringComparison.Ordinal);
        Assert.Contains("<h1>Does it still work on data it has not seen?", list, StringComparison.Ordinal);
        foreach (var slug in new[] { "coos-7", "coos-sim", "tiny" }.Where(s => s != (setting ?? "coos-7")))
        {
            Assert.Contains($"<a href=\"/benchmarks/{slug}\">", list, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Many_benchmarks_are_listed_on_the_front_page_and_behind_one_link_of_the_header()
    {
        await using var server = new TestServer();
        for (var i = 0; i < 48; i++)
        {
            TinyBenchmark.WriteTo(Path.Combine(Path.GetDirectoryName(server.Tiny)!, $"tiny-{i}"), $"tiny-{i}");
        }

        await server.StartAsync();
        var front = await server.Client.GetStringAsync("/", Cancellation);
        var board = await server.Client.GetStringAsync("/benchmarks/tiny-7", Cancellation);

        Assert.Equal(55, front.Split("<th scope=\"row\"").Length - 1);
        Assert.Equal(["Benchmarks", "Compare", "Docs", "API"], ReadHeader(front));
        Assert.Equal(["Benchmarks", "Tiny", "Compare", "Docs", "API"], ReadHeader(board));
    }

    [Fact]
    public async Task An_unknown_benchmark_on_the_front_page_stops_the_start()
    {
        var problem = await Assert.ThrowsAsync<StartException>(() => StartAsync("no-such"));

        Assert.StartsWith("Coos:FrontPage is no-such, which is not a benchmark; set it to index or to one of coos-7", problem.Message);
    }

    [Fact]
    public async Task A_front_page_whose_folder_is_left_out_becomes_the_list()
    {
        await using var server = new TestServer();
        await server.ReplaceInManifestAsync("\"role\": \"shifted\"", "\"role\": \"elsewhere\"");
        await server.StartAsync(settings: "--Coos:FrontPage=tiny");

        var front = await server.Client.GetStringAsync("/", Cancellation);

        Assert.Contains("<h1>Does it still work on data it has not seen?", front, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/benchmarks/coos-7\">", front, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_header_keeps_the_benchmark_and_offers_only_those_that_score()
    {
        await using var server = await StartAsync(null);
        var sent = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Header").Test2(0, 1, 2, 1, 2, 0));

        var entry = await server.Client.GetStringAsync((string)sent["links"]!["page"]!, Cancellation);
        var unlabelled = await server.Client.GetStringAsync("/benchmarks/coos-7/generalisation", Cancellation);
        var docs = await server.Client.GetStringAsync("/docs", Cancellation);

        Assert.Equal(("Tiny", "/benchmarks/tiny/submit"), (FindCurrent(entry), FindSubmit(entry)));
        Assert.Equal(("COOS-7", null), (FindCurrent(unlabelled), FindSubmit(unlabelled)));
        Assert.Equal("/benchmarks/coos-sim/submit", FindSubmit(docs));
    }

    private static async Task<TestServer> StartAsync(string? front)
    {
        var server = new TestServer();
        await server.StartAsync(settings: front is null ? [] : [$"--Coos:FrontPage={front}"]);
        return server;
    }

    private static string Header(string page) => page.Split("<header")[1].Split("</header>")[0];

    private static IEnumerable<string> ReadHeader(string page) =>
        Header(page).Split("aria-label=\"Benchmarks\">")[1].Split("</nav>")[0].Split("</a>").SkipLast(1).Select(a => a.Split('>')[^1]);

    private static string? FindCurrent(string page) =>
        Header(page).Split("aria-current=\"page\">") is [_, var after, ..] ? after.Split('<')[0] : null;

    private static string? FindSubmit(string page) =>
        Header(page)
            .Split("href=\"")
            .Skip(1)
            .Select(a => a.Split('"')[0])
            .FirstOrDefault(a => a.EndsWith("/submit", StringComparison.Ordinal));
}
