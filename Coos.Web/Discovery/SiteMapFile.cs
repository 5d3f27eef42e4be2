using System.Globalization;
using System.Xml.Linq;

namespace Coos.Web.Discovery;

/// <summary>
/// Writes site maps in the format of sitemaps.org: one file if all pages fit, else an index of files with up to 50,000
/// addresses each. Such a file stays far below the protocol's size limit of 50 MB.
/// </summary>
internal static class SiteMapFile
{
    /// <summary>The maximum number of addresses that the protocol allows in one file.</summary>
    public const int MaximumAddresses = 50_000;

    private static readonly XNamespace Protocol = "http://www.sitemaps.org/schemas/sitemap/0.9";

    /// <summary>The address of the map, or of the index if there is more than one file.</summary>
    public const string Path = "/sitemap.xml";

    /// <summary>The address of a part of the index, from 1.</summary>
    public static string PathOf(int part) => string.Create(CultureInfo.InvariantCulture, $"/sitemap-{part}.xml");

    /// <summary>Writes the map of all pages, or the index of its parts.</summary>
    public static string WriteRoot(IReadOnlyList<SitePage> pages, Func<string, string> addressOf) =>
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

    /// <summary>Writes a part of the map; null if the index has no part with this number.</summary>
    public static string? WritePart(IReadOnlyList<SitePage> pages, int part, Func<string, string> addressOf) =>
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
