using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Coos.Server.Configuration;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Text;

namespace Coos.Server.Benchmarks;

/// <summary>The benchmarks of this server, read once at start. While the server runs, they only change from running to closed.</summary>
internal sealed class BenchmarkCatalog
{
    /// <summary>The setting that makes the front page the list of benchmarks.</summary>
    public const string ListPage = "index";

    /// <summary>The slug of the benchmark that is listed first, if it exists and no other is on the front page.</summary>
    private const string FirstSlug = "coos-7";

    /// <summary>
    /// With more benchmarks, the front page lists them, unless the settings name one. Boards of reported results alone do not count.
    /// </summary>
    private const int MaximumUnlisted = 3;

    private readonly Lock _gate = new();
    private volatile IReadOnlyList<BenchmarkFolder> _all;
    private volatile Dictionary<string, BenchmarkFolder> _bySlug;

    /// <param name="folders">The folders of the benchmarks.</param>
    /// <param name="frontPage">The slug of the front page's benchmark, or <see cref="ListPage"/>; null to decide by their number.</param>
    public BenchmarkCatalog(IEnumerable<BenchmarkFolder> folders, string? frontPage = null)
    {
        var first = frontPage is null or ListPage ? FirstSlug : frontPage;
        _all = [.. folders.OrderBy(f => f.Benchmark.Slug == first ? 0 : 1).ThenBy(f => f.Benchmark.Slug, StringComparer.Ordinal)];
        _bySlug = _all.ToDictionary(f => f.Benchmark.Slug);
        HasListedFront = frontPage is null ? _all.Count(IsCounted) > MaximumUnlisted : !_bySlug.ContainsKey(frontPage);
    }

    private static bool IsCounted(BenchmarkFolder folder) => folder.Benchmark.Slug == FirstSlug || folder.HasLabels;

    /// <summary>All benchmarks, the front page's first.</summary>
    public IReadOnlyList<BenchmarkFolder> All => _all;

    /// <summary>The benchmark whose leaderboard is the front page; null if the front page lists all benchmarks.</summary>
    public Benchmark? Front => HasListedFront || _all.Count == 0 ? null : _all[0].Benchmark;

    private bool HasListedFront { get; }

    /// <summary>The folders that are left out because they are invalid.</summary>
    public IReadOnlyList<FolderProblem> Problems { get; private init; } = [];

    /// <summary>Reads the benchmark folders of the settings. Invalid ones are left out, so that the others stay available.</summary>
    /// <exception cref="StartException">No benchmark folder is valid, or the front page's benchmark does not exist.</exception>
    public static BenchmarkCatalog Read(CoosSettings settings)
    {
        var problems = new List<FolderProblem>();
        var folders = BenchmarkFolder.ReadValid(settings.BenchmarkDirectories.Where(Directory.Exists), problems);
        if (folders.Count == 0 && problems.Count > 0)
        {
            throw new StartException(string.Join('\n', problems.Select(p => p.Message)));
        }

        // The folder of the front page's benchmark may be one that is left out; then all others stay available, in a list.
        var front = settings.FrontPage;
        return front is null or ListPage || problems.Count > 0 || folders.Any(f => f.Benchmark.Slug == front)
            ? new BenchmarkCatalog(folders, front) { Problems = problems }
            : throw new StartException(
                $"Coos:FrontPage is {front.Shorten()}, which is not a benchmark; set it to {ListPage} or to one of "
                    + string.Join(", ", folders.Select(f => f.Benchmark.Slug))
            );
    }

    /// <summary>Marks a benchmark as closed; does nothing if it is already closed or does not exist.</summary>
    public void Close(string slug, DateTime time)
    {
        lock (_gate)
        {
            if (_bySlug.TryGetValue(slug, out var folder) && folder.Benchmark.ClosedAt is null)
            {
                var closed = folder with { Benchmark = folder.Benchmark.Close(time) };
                _all = [.. _all.Select(f => f == folder ? closed : f)];
                _bySlug = _all.ToDictionary(f => f.Benchmark.Slug);
            }
        }
    }

    /// <summary>Rejects a submission or upload to a closed benchmark.</summary>
    /// <returns>Null if the benchmark is running.</returns>
    public static Refusal? RefuseIfClosed(Benchmark benchmark) =>
        benchmark.ClosedAt is { } time
            ? new Refusal(
                RefusalKind.Conflict,
                "Benchmark closed",
                $"Nothing was stored. {benchmark.Slug} was closed at {Format(time)} and takes no more submissions."
            )
            : null;

    /// <summary>Rejects a request for a benchmark that does not exist.</summary>
    public Refusal Unknown(string slug) =>
        Refusal.NotFound(
            $"There is no benchmark \"{slug.Shorten()}\"; the benchmarks are: {string.Join(", ", All.Select(f => f.Benchmark.Slug))}."
        );

    /// <summary>Finds a split of a benchmark.</summary>
    /// <returns>The split, or that there is no such benchmark or split, with those that exist.</returns>
    public Result<SplitPlace> FindSplit(string slug, string split) =>
        !TryGet(slug, out var folder) ? Unknown(slug)
        : folder.Benchmark.FindSplit(split) is { } known ? new SplitPlace(folder, known)
        : Refusal.NotFound(
            $"{folder.Benchmark.Name} has no split \"{split.Shorten()}\"; it has: "
                + $"{string.Join(", ", folder.Benchmark.Splits.Select(s => s.Name))}."
        );

    /// <summary>The problem of a form without the field <c>benchmark</c>.</summary>
    public FieldProblem BenchmarkRequired() =>
        new("benchmark", "required", $"benchmark is empty; allowed: {string.Join(", ", All.Select(f => f.Benchmark.Slug))}");

    private static string Format(DateTime time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Finds a benchmark by its slug.</summary>
    public bool TryGet(string? slug, [NotNullWhen(true)] out BenchmarkFolder? folder)
    {
        folder = null;
        return slug is not null && _bySlug.TryGetValue(slug, out folder);
    }
}
