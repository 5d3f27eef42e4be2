using System.Diagnostics.CodeAnalysis;
using Coos.Server.Configuration;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Text;

namespace Coos.Server.Benchmarks;

/// <summary>The benchmarks of this server, read once at start. Immutable.</summary>
internal sealed class BenchmarkCatalog
{
    /// <summary>The benchmark of the front page, where there is one of this slug.</summary>
    private const string FrontSlug = "coos-7";

    private readonly Dictionary<string, BenchmarkFolder> _bySlug;

    public BenchmarkCatalog(IEnumerable<BenchmarkFolder> folders)
    {
        All = [.. folders.OrderBy(f => f.Benchmark.Slug == FrontSlug ? 0 : 1).ThenBy(f => f.Benchmark.Slug, StringComparer.Ordinal)];
        _bySlug = All.ToDictionary(f => f.Benchmark.Slug);
    }

    /// <summary>All benchmarks, that of the front page first.</summary>
    public IReadOnlyList<BenchmarkFolder> All { get; }

    /// <summary>Reads the folders that the settings name.</summary>
    /// <exception cref="StartException">A folder is wrong.</exception>
    public static BenchmarkCatalog Read(CoosSettings settings)
    {
        try
        {
            return new BenchmarkCatalog(BenchmarkFolder.ReadAll(settings.BenchmarkDirectories.Where(Directory.Exists)));
        }
        catch (BenchmarkException e)
        {
            throw new StartException(e.Message, e);
        }
    }

    /// <summary>The refusal of a request for a benchmark that does not exist.</summary>
    public Refusal Unknown(string slug) =>
        Refusal.NotFound($"There is no benchmark \"{slug.Shorten()}\"; there are: {string.Join(", ", All.Select(f => f.Benchmark.Slug))}.");

    /// <summary>A benchmark by slug.</summary>
    public bool TryGet(string? slug, [NotNullWhen(true)] out BenchmarkFolder? folder)
    {
        folder = null;
        return slug is not null && _bySlug.TryGetValue(slug, out folder);
    }
}
