using System.Diagnostics.CodeAnalysis;
using Coos.Server.Configuration;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Text;

namespace Coos.Server.Benchmarks;

/// <summary>The benchmarks of this server, read once at start.</summary>
internal sealed class BenchmarkCatalog
{
    /// <summary>The slug of the benchmark that is listed first and shown on the front page, if it exists.</summary>
    private const string FrontSlug = "coos-7";

    private readonly Dictionary<string, BenchmarkFolder> _bySlug;

    public BenchmarkCatalog(IEnumerable<BenchmarkFolder> folders)
    {
        All = [.. folders.OrderBy(f => f.Benchmark.Slug == FrontSlug ? 0 : 1).ThenBy(f => f.Benchmark.Slug, StringComparer.Ordinal)];
        _bySlug = All.ToDictionary(f => f.Benchmark.Slug);
    }

    /// <summary>All benchmarks, the front page's first.</summary>
    public IReadOnlyList<BenchmarkFolder> All { get; }

    /// <summary>Reads the benchmark folders of the settings.</summary>
    /// <exception cref="StartException">A benchmark folder is invalid.</exception>
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

    /// <summary>Rejects a request for a benchmark that does not exist.</summary>
    public Refusal Unknown(string slug) =>
        Refusal.NotFound(
            $"There is no benchmark \"{slug.Shorten()}\"; the benchmarks are: {string.Join(", ", All.Select(f => f.Benchmark.Slug))}."
        );

    /// <summary>The problem of a form without the field <c>benchmark</c>.</summary>
    public FieldProblem BenchmarkRequired() =>
        new("benchmark", "required", $"benchmark is empty; allowed: {string.Join(", ", All.Select(f => f.Benchmark.Slug))}");

    /// <summary>Finds a benchmark by its slug.</summary>
    public bool TryGet(string? slug, [NotNullWhen(true)] out BenchmarkFolder? folder)
    {
        folder = null;
        return slug is not null && _bySlug.TryGetValue(slug, out folder);
    }
}
