using System.Globalization;
using System.Xml.Linq;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;
using Coos.Web.Components;

namespace Coos.Web.Discovery;

/// <summary>
/// A benchmark's newest results as an Atom feed (RFC 4287). Entries are ordered by their time of publication, so that a draft
/// published days after its upload still appears as new.
/// </summary>
internal sealed class ResultFeed(BoardStore boards)
{
    /// <summary>The maximum number of entries in a feed.</summary>
    public const int MaximumEntries = 50;

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    /// <summary>The address of a benchmark's feed.</summary>
    public static string PathOf(Benchmark benchmark) => $"/benchmarks/{benchmark.Slug}/feed.atom";

    /// <summary>Writes the feed as XML. It omits reported results, which have no date.</summary>
    public async Task<string> WriteAsync(Benchmark benchmark, HttpRequest request, CancellationToken cancellation)
    {
        var board = (await boards.GetAsync(benchmark, cancellation)).Rows;
        var newest = board
            .Where(r => r.Entry.PublishedAt is not null)
            .OrderByDescending(r => r.Entry.PublishedAt)
            .Take(MaximumEntries)
            .ToList();
        var feed = new XElement(
            Atom + "feed",
            new XElement(Atom + "id", request.AbsoluteAddress(PathOf(benchmark))),
            new XElement(Atom + "title", $"New results on {benchmark.Name}"),
            new XElement(Atom + "subtitle", benchmark.Summary),
            new XElement(Atom + "updated", Time(newest.Count > 0 ? newest[0].Entry.PublishedAt!.Value : DateTime.UnixEpoch)),
            Link("self", request.AbsoluteAddress(PathOf(benchmark)), "application/atom+xml"),
            Link("alternate", request.AbsoluteAddress($"/benchmarks/{benchmark.Slug}"), "text/html"),
            newest.Select(row => Entry(row, benchmark, board.Count, request))
        );
        return new XDeclaration("1.0", "utf-8", null) + "\n" + feed;
    }

    private static XElement Entry(RankedEntry row, Benchmark benchmark, int entries, HttpRequest request)
    {
        var address = request.AbsoluteAddress(Addresses.Submission(row.Entry.Id));
        return new XElement(
            Atom + "entry",
            new XElement(Atom + "id", $"urn:uuid:{row.Entry.Id}"),
            new XElement(Atom + "title", XmlText.Clean(row.Entry.Method)),
            new XElement(Atom + "author", new XElement(Atom + "name", XmlText.Clean(row.Entry.Submitter))),
            new XElement(Atom + "published", Time(row.Entry.PublishedAt!.Value)),
            new XElement(Atom + "updated", Time(row.Entry.PublishedAt.Value)),
            Link("alternate", address, "text/html"),
            new XElement(Atom + "summary", Describe(row, benchmark, entries))
        );
    }

    private static string Describe(RankedEntry row, Benchmark benchmark, int entries)
    {
        if (row.Entry.Withheld is { } reason)
        {
            return $"Scores withheld: {reason}.";
        }

        var metric = benchmark.Ranking.Info;
        string[] mean = row.Entry.Mean is { } shown ? [$"mean {metric.Write(shown.Loss)}{metric.Unit}"] : [];
        var splits =
            from split in benchmark.TestSplits
            where row.Entry.Splits.ContainsKey(split.Name)
            select $"{split.Title} {metric.Write(row.Entry.Splits[split.Name].Loss)}{metric.Unit}";
        var place = row.Rank is { } rank ? $"rank {rank} of {entries}" : "not ranked: predictions for some ranking splits are missing";
        return $"{metric.Heading}: {string.Join(", ", [.. mean, .. splits])}; {place}.";
    }

    private static XElement Link(string relation, string address, string type) =>
        new(Atom + "link", new XAttribute("rel", relation), new XAttribute("href", address), new XAttribute("type", type));

    private static string Time(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
