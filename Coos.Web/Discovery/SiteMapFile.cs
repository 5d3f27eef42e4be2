using System.Globalization;
using System.Xml.Linq;

namespace Coos.Web.Discovery;

/// <summary>
/// Writes site maps in the form of sitemaps.org: one file where all pages fit, else an index of files that hold as many as
/// the protocol allows in one. So many addresses stay far below the 50 MB that it allows too.
/// </summary>
internal static class SiteMapFile
{
    /// <summary>What the protocol allows in one file.</summary>
    public const int MaximumAddresses = 50_000;

    private static readonly XNamespace Protocol = "http://www.sitemaps.org/schemas/sitemap/0.9";

    /// <summary>The address of the map, or of the index where the pages need one.</summary>
    public const string Path = "/sitemap.xml";

    /// <summary>The address of a part of the index, from 1.</summary>
    public static string PathOf(int part) => string.Create(CultureInfo.InvariantCulture, $"/sitemap-{part}.xml");

    /// <summary>The map of all pages, or the index of its parts.</summary>
    public static string Whole(IReadOnlyList<SitePage> pages, Func<string, string> addressOf) =>
        pages.Count <= MaximumAddresses
            ? Map(pages, addressOf)
            : Text(
                new XElement(
                    Protocol + "sitemapindex",
                    pages
                        .Chunk(MaximumAddresses)
                        .Select((chunk, i) => Place("sitemap", addressOf(PathOf(i + 1)), chunk.Max(p => p.Changed)))
                )
            );

    /// <summary>A part of the map; null where there is none of this number.</summary>
    public static string? Part(IReadOnlyList<SitePage> pages, int part, Func<string, string> addressOf) =>
        part >= 1 && pages.Chunk(MaximumAddresses).ElementAtOrDefault(part - 1) is { } chunk ? Map(chunk, addressOf) : null;

    private static string Map(IReadOnlyList<SitePage> pages, Func<string, string> addressOf) =>
        Text(new XElement(Protocol + "urlset", pages.Select(p => Place("url", addressOf(p.Path), p.Changed))));

    private static XElement Place(string name, string address, DateTime? changed) =>
        new(
            Protocol + name,
            new XElement(Protocol + "loc", address),
            changed is { } time ? new XElement(Protocol + "lastmod", time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null
        );

    private static string Text(XElement root) => new XDeclaration("1.0", "utf-8", null) + "\n" + root;
}
