using System.Xml.Linq;
using Coos.Web.Discovery;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>Site maps stay within the limits of sitemaps.org for any number of entries.</summary>
public sealed class SiteMapFileTests
{
    private static readonly XNamespace Protocol = "http://www.sitemaps.org/schemas/sitemap/0.9";

    [Fact]
    public void The_maximum_number_of_pages_fits_one_file()
    {
        var map = XDocument.Parse(SiteMapFile.WriteRoot(Pages(SiteMapFile.MaximumAddresses), AddressOf)).Root!;

        Assert.Equal(Protocol + "urlset", map.Name);
        Assert.Equal(50_000, map.Elements(Protocol + "url").Count());
    }

    [Fact]
    public void One_more_page_gives_an_index_whose_files_list_each_page_once()
    {
        var pages = Pages(SiteMapFile.MaximumAddresses + 1);

        var index = XDocument.Parse(SiteMapFile.WriteRoot(pages, AddressOf)).Root!;
        var parts = Enumerable.Range(1, 2).Select(n => SiteMapFile.WritePart(pages, n, AddressOf)!).ToList();
        var addresses = parts.SelectMany(p => XDocument.Parse(p).Descendants(Protocol + "loc")).Select(l => l.Value).ToList();

        Assert.Equal(Protocol + "sitemapindex", index.Name);
        Assert.Equal(
            ["https://coos.example/sitemap-1.xml", "https://coos.example/sitemap-2.xml"],
            index.Descendants(Protocol + "loc").Select(l => l.Value)
        );
        Assert.Equal("2026-11-24", index.Elements(Protocol + "sitemap").Last().Element(Protocol + "lastmod")!.Value);
        Assert.Equal(pages.Select(p => AddressOf(p.Path)), addresses);
        Assert.All(parts, p => Assert.True(p.Length < 50 << 20));
        Assert.Null(SiteMapFile.WritePart(pages, 3, AddressOf));
        Assert.Null(SiteMapFile.WritePart(pages, 0, AddressOf));
        Assert.Null(SiteMapFile.WritePart(pages, -1, AddressOf));
    }

    private static string AddressOf(string path) => "https://coos.example" + path;

    private static List<SitePage> Pages(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new SitePage(
                    $"/submissions/{i}?a=1&b=2",
                    i % 2 == 0 ? new DateTime(2026, 11, 24, 20, 0, 0, DateTimeKind.Utc) : null
                )),
        ];
}
