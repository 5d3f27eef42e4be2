using System.Globalization;
using System.Text;
using System.Xml;
using Coos.Web.Benchmarks;
using Coos.Web.Components;
using Coos.Web.Docs;
using Coos.Web.Leaderboard;

namespace Coos.Web.Discovery;

/// <summary>The site map of sitemaps.org: every page that anybody may read.</summary>
internal sealed class SiteMap(BenchmarkCatalog catalog, BoardStore boards)
{
    /// <summary>What the protocol allows in one file.</summary>
    public const int MaximumAddresses = 50_000;

    /// <summary>The site map as XML.</summary>
    public async Task<string> WriteAsync(HttpRequest request, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        await using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Async = true, Indent = true }))
        {
            await xml.WriteStartElementAsync(null, "urlset", "http://www.sitemaps.org/schemas/sitemap/0.9");
            var count = 0;
            await foreach (var (path, changed) in PathsAsync(cancellation))
            {
                if (++count > MaximumAddresses)
                {
                    break;
                }

                await xml.WriteStartElementAsync(null, "url", null);
                await xml.WriteElementStringAsync(null, "loc", null, request.AbsoluteAddress(path));
                if (changed is { } time)
                {
                    await xml.WriteElementStringAsync(null, "lastmod", null, time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                }

                await xml.WriteEndElementAsync();
            }

            await xml.WriteEndElementAsync();
        }

        // A string writer claims UTF-16, but the answer goes out as UTF-8.
        return text.Replace("utf-16", "utf-8", 0, Math.Min(60, text.Length)).ToString();
    }

    private async IAsyncEnumerable<(string Path, DateTime? Changed)> PathsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var folder in catalog.All)
        {
            yield return (Addresses.Benchmark(folder.Benchmark, catalog), null);
            yield return (Addresses.Generalisation(folder.Benchmark), null);
            yield return (Addresses.Changes(folder.Benchmark), null);
            yield return (Addresses.Data(folder.Benchmark), null);
            yield return (Addresses.Submit(folder.Benchmark), null);
        }

        yield return ("/docs", null);
        foreach (var text in DocLibrary.All.Select(t => t.Text).Concat(DocLibrary.Decisions))
        {
            yield return (Addresses.Doc(text.Name), null);
        }

        foreach (var folder in catalog.All)
        {
            foreach (var row in (await boards.GetAsync(folder.Benchmark, cancellation)).Rows)
            {
                yield return (Addresses.Submission(row.Entry.Id), row.Entry.CreatedAt);
            }
        }
    }
}
