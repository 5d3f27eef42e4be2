using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Coos.Web.Discovery;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Discovery;

/// <summary>Site map, feed, badges and metadata for search engines, feed readers and READMEs.</summary>
[Collection(ServerCollection.Name)]
public sealed class DiscoveryTests(CoosFixture server)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Robots_txt_links_to_the_site_map()
    {
        var text = await server.Client.GetStringAsync("/robots.txt", Cancellation);

        Assert.Contains($"Sitemap: {server.Address}sitemap.xml", text, StringComparison.Ordinal);
        Assert.Contains("Disallow: /api/", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_site_map_lists_existing_pages_and_no_private_submission()
    {
        var shown = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Map, shown").Test2(0, 0, 0, 1, 2, 2));
        var hidden = await server.Client.SubmitScoredAsync(
            UploadForm.Tiny("Map, hidden").Field("visibility", "private").Test2(0, 0, 0, 1, 2, 2)
        );

        var addresses = XDocument
            .Parse(await server.Client.GetStringAsync("/sitemap.xml", Cancellation))
            .Descendants(Map + "loc")
            .Select(l => l.Value)
            .ToList();

        Assert.Contains($"{server.Address}submissions/{shown["id"]}", addresses);
        Assert.DoesNotContain(addresses, a => a.Contains((string)hidden["id"]!, StringComparison.Ordinal));
        Assert.Contains($"{server.Address}docs/formats", addresses);
        Assert.Equal(addresses.Count, addresses.Distinct().Count());
        foreach (var address in addresses.Where(a => !a.Contains("/submissions/", StringComparison.Ordinal)))
        {
            using var response = await server.Client.GetAsync(new Uri(address), Cancellation);
            Assert.True(response.IsSuccessStatusCode, $"{address}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task The_feed_lists_new_results_with_their_errors()
    {
        var submission = await server.Client.SubmitScoredAsync(
            UploadForm.Tiny("Feed lab", "Feed method & co").Test1(0, 0, 1, 1, 2, 0).Test2(0, 0, 0, 1, 1, 2)
        );

        using var response = await server.Client.GetAsync("/benchmarks/tiny/feed.atom", Cancellation);
        var feed = XDocument.Parse(await response.ReadTextAsync()).Root!;
        var entry = feed.Elements(Atom + "entry").Single(e => e.Element(Atom + "id")!.Value == $"urn:uuid:{submission["id"]}");

        Assert.Equal("application/atom+xml", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Feed method & co", entry.Element(Atom + "title")!.Value);
        Assert.Equal("Feed lab", entry.Element(Atom + "author")!.Element(Atom + "name")!.Value);
        Assert.StartsWith(
            "Balanced error: Test1 16.7%, Test2 0.0%; rank 1 of ",
            entry.Element(Atom + "summary")!.Value,
            StringComparison.Ordinal
        );
        Assert.Equal($"{server.Address}submissions/{submission["id"]}", entry.Element(Atom + "link")!.Attribute("href")!.Value);
        Assert.Equal(feed.Elements(Atom + "entry").Max(e => e.Element(Atom + "updated")!.Value), feed.Element(Atom + "updated")!.Value);
    }

    [Theory]
    [InlineData("/benchmarks/tiny", "tiny")]
    [InlineData("/benchmarks/tiny?q=feed", "tiny")]
    [InlineData("/", "coos-7")]
    public async Task A_leaderboard_links_to_its_feed(string path, string slug)
    {
        await server.Client.SubmitScoredAsync(UploadForm.Tiny($"Feed link {path.Length}").Test2(0, 0, 0, 1, 1, 2));

        var page = WebUtility.HtmlDecode(await server.Client.GetStringAsync(path, Cancellation));

        Assert.Contains(
            $"<a href=\"/benchmarks/{slug}/feed.atom\" type=\"application/atom+xml\" aria-label=\"New results as an Atom "
                + "feed\">Atom feed</a>",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_empty_leaderboard_also_links_to_its_feed()
    {
        await using var empty = await TestServer.StartNewAsync();

        var page = WebUtility.HtmlDecode(await empty.Client.GetStringAsync("/benchmarks/tiny", Cancellation));

        Assert.Contains(
            "follow new results with the <a href=\"/benchmarks/tiny/feed.atom\" type=\"application/atom+xml\">Atom feed</a>",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_benchmark_without_submissions_has_an_empty_feed()
    {
        var feed = XDocument.Parse(await server.Client.GetStringAsync("/benchmarks/coos-7/feed.atom", Cancellation)).Root!;

        Assert.Empty(feed.Elements(Atom + "entry"));
        Assert.Equal("1970-01-01T00:00:00Z", feed.Element(Atom + "updated")!.Value);
    }

    [Fact]
    public async Task A_badge_shows_the_score()
    {
        var all = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Badge, all").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 0, 2));
        var one = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Badge, one").Test1(0, 1, 1, 1, 2, 2));

        Assert.Equal("Tiny: 16.7% error on Test2", await TitleAsync(all));
        Assert.Equal("Tiny: 16.7% error on Test1", await TitleAsync(one));

        async Task<string> TitleAsync(JsonNode submission)
        {
            using var response = await server.Client.GetAsync($"{submission["links"]!["page"]}/badge.svg", Cancellation);
            Assert.Equal("image/svg+xml", response.Content.Headers.ContentType?.MediaType);
            return XDocument.Parse(await response.ReadTextAsync()).Root!.Attribute("aria-label")!.Value;
        }
    }

    [Theory]
    [InlineData("/benchmarks/nothing/feed.atom")]
    [InlineData("/submissions/00000000-0000-0000-0000-000000000001/badge.svg")]
    [InlineData("/api/submissions/00000000-0000-0000-0000-000000000001/events")]
    public async Task Unknown_addresses_give_404(string path)
    {
        using var response = await server.Client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        await response.ReadTextAsync();
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
        Assert.StartsWith("Alex X. Lu, Amy X. Lu, ", (string?)data["citation"], StringComparison.Ordinal);
        Assert.Contains(
            "<meta name=\"citation_title\" content=\"The Cells Out of Sample (COOS) dataset and benchmarks for "
                + "measuring out-of-sample generalization of image classifiers\"",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("<meta name=\"citation_author\" content=\"Lu, Alex X.\"", page, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"citation_publication_date\" content=\"2019\"", page, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"citation_firstpage\" content=\"1854\"", page, StringComparison.Ordinal);
    }

    /// <summary>Google requires a name and a description of 50 to 5,000 characters of a Dataset; the rest is recommended.</summary>
    [Theory]
    [InlineData("coos-7")]
    [InlineData("coos-sim")]
    [InlineData("tiny")]
    public async Task Every_benchmark_has_complete_dataset_metadata(string slug)
    {
        var page = await server.Client.GetStringAsync($"/benchmarks/{slug}/data", Cancellation);
        var data = JsonNode.Parse(page.Split("<script type=\"application/ld+json\">")[1].Split("</script>")[0])!;

        Assert.Equal("https://schema.org/", (string?)data["@context"]);
        Assert.NotEmpty((string?)data["name"] ?? "");
        Assert.InRange(((string?)data["description"])!.Length, 50, 5000);
        Assert.Equal($"{server.Address}benchmarks/{slug}/data", (string?)data["url"]);
        Assert.True(data["license"] is not JsonValue licence || Uri.IsWellFormedUriString((string?)licence, UriKind.Absolute));
    }

    [Fact]
    public async Task An_entry_has_citation_metadata_and_private_ones_are_not_listed()
    {
        var shown = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Cited lab", "Cited & shown").Test2(0, 0, 0, 1, 2, 2));
        var hidden = await server.Client.SubmitScoredAsync(
            UploadForm.Tiny("Cited lab", "Not to be found").Field("visibility", "private").Test2(0, 0, 0, 2, 2, 2)
        );

        var page = await server.Client.GetStringAsync((string)shown["links"]!["page"]!, Cancellation);
        var secret = await server.Client.GetStringAsync((string)hidden["links"]!["page"]!, Cancellation);
        var secretMatrix = await server.Client.GetStringAsync($"{hidden["links"]!["page"]}/confusion/test2", Cancellation);

        Assert.Contains(
            "<meta name=\"citation_title\" content=\"Cited &amp; shown on the leaderboard of Tiny\"",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("<meta name=\"citation_author\" content=\"Cited lab\"", page, StringComparison.Ordinal);
        Assert.Contains(
            $"<meta name=\"citation_publication_date\" content=\"{(DateTime)shown["createdAt"]!:yyyy'/'MM'/'dd}\"",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"<meta name=\"citation_public_url\" content=\"{server.Address}submissions/{shown["id"]}\"",
            page,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("noindex", page, StringComparison.Ordinal);
        Assert.DoesNotContain("citation_", secret, StringComparison.Ordinal);
        Assert.All([secret, secretMatrix], p => Assert.Contains("<meta name=\"robots\" content=\"noindex\"", p, StringComparison.Ordinal));
        foreach (
            var list in new[] { "/sitemap.xml", "/benchmarks/tiny/feed.atom", "/benchmarks/tiny", "/api/benchmarks/tiny/leaderboard.json" }
        )
        {
            Assert.DoesNotContain((string)hidden["id"]!, await server.Client.GetStringAsync(list, Cancellation), StringComparison.Ordinal);
        }
    }

    /// <summary>Checks the elements that RFC 4287 requires of a feed and its entries.</summary>
    [Fact]
    public async Task The_feed_is_valid_Atom()
    {
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Valid lab", "\u00DCber \U0001F52C & more").Test2(0, 1, 0, 1, 2, 2));

        var feed = XDocument.Parse(await server.Client.GetStringAsync("/benchmarks/tiny/feed.atom", Cancellation)).Root!;

        Assert.Equal(Atom + "feed", feed.Name);
        Assert.All([feed, .. feed.Elements(Atom + "entry")], AssertRequiredElements);
        Assert.Single(feed.Elements(Atom + "link"), l => (string?)l.Attribute("rel") == "self");
        Assert.NotEmpty(feed.Elements(Atom + "entry"));
        Assert.All(
            feed.Elements(Atom + "entry"),
            e => Assert.NotEmpty(e.Elements(Atom + "author").Single().Elements(Atom + "name").Single().Value)
        );
        Assert.Equal(
            feed.Elements(Atom + "entry").Count(),
            feed.Elements(Atom + "entry").Select(e => e.Element(Atom + "id")!.Value).Distinct().Count()
        );
        Assert.Contains(feed.Elements(Atom + "entry"), e => e.Element(Atom + "title")!.Value == "\u00DCber \U0001F52C & more");

        static void AssertRequiredElements(XElement part)
        {
            Assert.True(Uri.TryCreate(Assert.Single(part.Elements(Atom + "id")).Value, UriKind.Absolute, out _));
            Assert.NotEmpty(Assert.Single(part.Elements(Atom + "title")).Value);
            var updated = Assert.Single(part.Elements(Atom + "updated")).Value;
            Assert.Equal(
                updated,
                DateTimeOffset
                    .Parse(updated, System.Globalization.CultureInfo.InvariantCulture)
                    .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)
            );
            Assert.Single(part.Elements(Atom + "link"), l => (string?)l.Attribute("rel") == "alternate");
            Assert.All(
                part.Elements(Atom + "link"),
                l => Assert.True(Uri.IsWellFormedUriString((string?)l.Attribute("href"), UriKind.Absolute))
            );
        }
    }

    /// <summary>XML has no control characters, so one in a name would make the feed invalid.</summary>
    [Fact]
    public void Characters_that_XML_does_not_allow_are_replaced()
    {
        const string Valid = "plain & <simple> \u00E9 \U0001F52C";
        var invalid = $"a\u0001b\uFFFEc{(char)0xD800}d";

        Assert.Equal(Valid, XmlText.Clean(Valid));
        Assert.Equal("a\uFFFDb\uFFFDc\uFFFDd", XmlText.Clean(invalid));
        Assert.Equal("a\uFFFDb\uFFFDc\uFFFDd", XElement.Parse(new XElement("t", XmlText.Clean(invalid)).ToString()).Value);
    }

    [Theory]
    [InlineData("/sitemap-1.xml", HttpStatusCode.OK)]
    [InlineData("/sitemap-2.xml", HttpStatusCode.NotFound)]
    [InlineData("/sitemap-0.xml", HttpStatusCode.NotFound)]
    public async Task Site_map_files_exist_only_up_to_the_last(string path, HttpStatusCode expected)
    {
        using var response = await server.Client.GetAsync(path, Cancellation);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Pages_have_metadata_for_link_previews()
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

        using var response = await server.Client.GetAsync($"{submission["links"]!["self"]}/events", Cancellation);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("event: status\ndata: scored\nid: scored\n\n", await response.ReadTextAsync());
    }

    /// <summary>An EventSource reconnects after a stream ends; 204 makes it stop.</summary>
    [Theory]
    [InlineData("scored", HttpStatusCode.NoContent)]
    [InlineData("scoring", HttpStatusCode.OK)]
    public async Task A_client_that_received_the_last_event_gets_204(string lastEvent, HttpStatusCode expected)
    {
        var submission = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Events, again " + lastEvent).Test1(0, 0, 0, 1, 2, 2));

        using var request = new HttpRequestMessage(HttpMethod.Get, $"{submission["links"]!["self"]}/events")
        {
            Headers = { { "Last-Event-ID", lastEvent } },
        };
        using var response = await server.Client.SendAsync(request, Cancellation);

        Assert.Equal(expected, response.StatusCode);
    }
}
