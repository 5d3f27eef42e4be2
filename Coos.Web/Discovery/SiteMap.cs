using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Coos.Server.Mixes;
using Coos.Web.Components;
using Coos.Web.Docs;

namespace Coos.Web.Discovery;

/// <summary>Lists the public pages for search engines.</summary>
internal sealed class SiteMap(BenchmarkCatalog catalog, BoardStore boards)
{
    /// <summary>All pages: first the fixed ones, then the entries from oldest to newest, so a new entry does not move others.</summary>
    public async Task<IReadOnlyList<SitePage>> PagesAsync(CancellationToken cancellation)
    {
        var pages = new List<SitePage>();
        foreach (var benchmark in catalog.All.Select(f => f.Benchmark))
        {
            pages.Add(new SitePage(Addresses.Benchmark(benchmark, catalog)));
            pages.Add(new SitePage(Addresses.Methods(benchmark)));
            pages.Add(new SitePage(Addresses.Generalisation(benchmark)));
            if (benchmark.Classes.Count <= MixService.MaximumClasses)
            {
                pages.Add(new SitePage(Addresses.Mix(benchmark)));
            }

            pages.Add(new SitePage(Addresses.Consistency(benchmark)));
            pages.Add(new SitePage(Addresses.Changes(benchmark)));
            pages.Add(new SitePage(Addresses.Data(benchmark)));
            pages.Add(new SitePage(Addresses.Submit(benchmark)));
        }

        pages.Add(new SitePage("/docs"));
        pages.AddRange(DocLibrary.All.Select(t => t.Text).Concat(DocLibrary.Decisions).Select(t => new SitePage(Addresses.Doc(t.Name))));
        foreach (var benchmark in catalog.All.Select(f => f.Benchmark))
        {
            var board = await boards.GetAsync(benchmark, cancellation);
            pages.AddRange(
                board
                    .Rows.OrderBy(r => r.Entry.CreatedAt)
                    .ThenBy(r => r.Entry.Id)
                    .Select(r => new SitePage(Addresses.Submission(r.Entry.Id), r.Entry.CreatedAt))
            );
        }

        return pages;
    }
}

/// <summary>A page of the site.</summary>
/// <param name="Path">Its address from the root.</param>
/// <param name="Changed">The time of its last change, UTC; null if unknown.</param>
internal sealed record SitePage(string Path, DateTime? Changed = null);
