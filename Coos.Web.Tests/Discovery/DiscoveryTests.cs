using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Discovery;

/// <summary>What search engines, feed readers and READMEs fetch.</summary>
[Collection(ServerCollection.Name)]
public sealed class DiscoveryTests(CoosFixture server)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Robots_are_told_where_the_site_map_is()
    {
        var text = await server.Client.GetStringAsync("/robots.txt", Cancellation);

        Assert.Contains($"Sitemap: {server.Address}sitemap.xml", text, StringComparison.Ordinal);
        Assert.Contains("Disallow: /api/", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_site_map_names_pages_that_exist_and_no_private_submission()
    {
        var shown = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Map, shown").Test2(0, 0, 0, 1, 2, 2));
        var hidden = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Map, hidden").Field("visibility", "private").Test2(0, 0, 0, 1, 2, 2));

        var addresses = XDocument.Parse(await server.Client.GetStringAsync("/sitemap.xml", Cancellation)).Descendants(Map + "loc").Select(l => l.Value).ToList();

        Assert.Contains($"{server.Address}submissions/{shown["id"]}", addresses);
        Assert.DoesNotContain(addresses, a => a.Contains((string)hidden["id"]!, StringComparison.Ordinal));
        Assert.Contains($"{server.Address}docs/formats", addresses);
        Assert.Equal(addresses.Count, addresses.Distinct().Count());
        foreach (var address in addresses.Where(a => !a.Contains("/submissions/", StringComparison.Ordinal)))
        {
            using var answer = await server.Client.GetAsync(new Uri(address), Cancellation);
            Assert.True(answer.IsSuccessStatusCode, $"{address}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task The_feed_lists_new_results_with_their_errors()
    {
        var submission = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Feed lab", "Feed method & co").Test1(0, 0, 1, 1, 2, 0).Test2(0, 0, 0, 1, 1, 2));

        using var answer = await server.Client.GetAsync("/benchmarks/tiny/feed.atom", Cancellation);
        var feed = XDocument.Parse(await answer.ReadTextAsync()).Root!;
        var entry = feed.Elements(Atom + "entry").Single(e => e.Element(Atom + "id")!.Value == $"urn:uuid:{submission["id"]}");

        Assert.Equal("application/atom+xml", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Feed method & co", entry.Element(Atom + "title")!.Value);
        Assert.Equal("Feed lab", entry.Element(Atom + "author")!.Element(Atom + "name")!.Value);
        Assert.StartsWith("Balanced error: Test1 16.7%, Test2 0.0%; rank 1 of ", entry.Element(Atom + "summary")!.Value, StringComparison.Ordinal);
        Assert.Equal($"{server.Address}submissions/{submission["id"]}", entry.Element(Atom + "link")!.Attribute("href")!.Value);
        Assert.Equal(feed.Elements(Atom + "entry").Max(e => e.Element(Atom + "updated")!.Value), feed.Element(Atom + "updated")!.Value);
    }

    [Fact]
    public async Task A_benchmark_without_submissions_has_an_empty_feed()
    {
        var feed = XDocument.Parse(await server.Client.GetStringAsync("/benchmarks/coos-7/feed.atom", Cancellation)).Root!;

        Assert.Empty(feed.Elements(Atom + "entry"));
        Assert.Equal("1970-01-01T00:00:00Z", feed.Element(Atom + "updated")!.Value);
    }

    [Fact]
    public async Task A_badge_says_what_was_measured()
    {
        var all = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Badge, all").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 0, 2));
        var one = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Badge, one").Test1(0, 1, 1, 1, 2, 2));

        Assert.Equal("Tiny: 16.7% error on Test2", await TitleAsync(all));
        Assert.Equal("Tiny: 16.7% error on Test1", await TitleAsync(one));

        async Task<string> TitleAsync(JsonNode submission)
        {
            using var answer = await server.Client.GetAsync($"{submission["links"]!["page"]}/badge.svg", Cancellation);
            Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
            return XDocument.Parse(await answer.ReadTextAsync()).Root!.Attribute("aria-label")!.Value;
        }
    }

    [Theory]
    [InlineData("/benchmarks/nothing/feed.atom")]
    [InlineData("/submissions/00000000-0000-0000-0000-000000000001/badge.svg")]
    [InlineData("/api/submissions/00000000-0000-0000-0000-000000000001/events")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        using var answer = await server.Client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await answer.ReadTextAsync();
    }

    [Fact]
    public async Task The_data_page_describes_the_dataset_for_search_engines()
    {
        var page = await server.Client.GetStringAsync("/benchmarks/coos-7/data", Cancellation);
        var script = page.Split("<script type=\"application/ld+json\">")[1].Split("</script>")[0];
        var data = JsonNode.Parse(script)!;

        Assert.Equal("Dataset", (string?)data["@type"]);
        Assert.Equal("COOS-7", (string?)data["name"]);
        Assert.Equal("https://spdx.org/licenses/CC-BY-NC-4.0.html", (string?)data["license"]);
        Assert.Equal("The Cells Out of Sample (COOS) dataset and benchmarks for measuring out-of-sample generalization of image classifiers", (string?)data["citation"]);
    }

    [Fact]
    public async Task Pages_say_what_they_are_to_link_previews()
    {
        var page = await server.Client.GetStringAsync("/benchmarks/tiny?sort=test1", Cancellation);

        Assert.Contains($"<link rel=\"canonical\" href=\"{server.Address}benchmarks/tiny\"", page, StringComparison.Ordinal);
        Assert.Contains("<meta property=\"og:title\" content=\"Tiny leaderboard\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/benchmarks/tiny/feed.atom\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_end_when_the_submission_is_scored()
    {
        var submission = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Events").Test1(0, 0, 0, 1, 2, 2));

        using var answer = await server.Client.GetAsync($"{submission["links"]!["self"]}/events", Cancellation);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("event: status\ndata: scored\n\n", await answer.ReadTextAsync());
    }
}
