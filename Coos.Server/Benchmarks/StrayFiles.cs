using Coos.Shared.Benchmarks;
using Coos.Shared.Text;

namespace Coos.Server.Benchmarks;

/// <summary>A file in <c>labels/</c> that is not the label file of a split.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Near">The split that it was probably meant for; null if none is near.</param>
internal sealed record StrayFile(string Name, string? Near);

/// <summary>
/// Finds files in <c>labels/</c> that belong to no split. A misspelled name would otherwise leave a split without labels, and nobody
/// would know why.
/// </summary>
internal static class StrayFiles
{
    private static readonly string[] Extensions = [".csv", ".csv.gz", ".hdf5"];
    private static readonly string[] Documents = ["README", "LICENSE", "NOTICE"];

    /// <summary>Lists the files, by name.</summary>
    public static IReadOnlyList<StrayFile> Find(BenchmarkFolder folder)
    {
        var labels = Path.Combine(folder.Path, "labels");
        try
        {
            return Directory.Exists(labels)
                ?
                [
                    .. Directory
                        .EnumerateFiles(labels)
                        .Select(file => Path.GetFileName(file))
                        .Where(name => IsStray(name, folder.Benchmark))
                        .Order(StringComparer.Ordinal)
                        .Select(name => new StrayFile(name, FindNear(name, folder.Benchmark))),
                ]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The label watch reports a folder that cannot be read.
            return [];
        }
    }

    private static bool IsStray(string name, Benchmark benchmark) =>
        !name.StartsWith('.')
        && !Documents.Any(d => name.StartsWith(d, StringComparison.OrdinalIgnoreCase))
        && !benchmark.Splits.Any(s => LabelSource.IsOf(name, s.Name));

    private static string? FindNear(string name, Benchmark benchmark)
    {
        var extension = Extensions.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) ?? Path.GetExtension(name);
        var stem = name[..^extension.Length];
        string[] splits = [.. benchmark.Splits.Select(s => s.Name)];
        return NearName.Find(stem, splits) ?? NearName.Find(stem.Split('_')[^1], splits);
    }
}
