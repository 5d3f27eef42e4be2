using Coos.Server.Benchmarks;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Text;

namespace Coos.Web.Images;

/// <summary>A split and its benchmark.</summary>
internal sealed record SplitPlace(BenchmarkFolder Folder, Split Split)
{
    /// <summary>Finds a split by the slug of its benchmark and its name.</summary>
    public static Result<SplitPlace> Find(BenchmarkCatalog catalog, string slug, string split) =>
        !catalog.TryGet(slug, out var folder) ? catalog.Unknown(slug)
        : folder.Benchmark.FindSplit(split) is { } known ? new SplitPlace(folder, known)
        : Refusal.NotFound(
            $"{folder.Benchmark.Name} has no split \"{split.Shorten()}\"; it has: "
                + $"{string.Join(", ", folder.Benchmark.Splits.Select(s => s.Name))}."
        );
}
