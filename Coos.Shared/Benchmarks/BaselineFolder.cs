namespace Coos.Shared.Benchmarks;

/// <summary>A baseline that a benchmark folder brings along: <c>baselines/NAME/</c> with a prediction file a test split and run.json.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Path">The folder.</param>
public sealed record BaselineFolder(string Name, string Path)
{
    /// <summary>The folder of all baselines, in that of the benchmark.</summary>
    public const string ParentName = "baselines";

    private static readonly string[] Endings = [".csv.gz", ".csv"];

    /// <summary>How it was run.</summary>
    public string RunPath => System.IO.Path.Combine(Path, BaselineRun.FileName);

    /// <summary>The baselines of a benchmark by name, whether or not they are in order; names that start with a dot are passed over.</summary>
    /// <param name="benchmark">The benchmark's folder.</param>
    public static IReadOnlyList<BaselineFolder> FindAll(string benchmark)
    {
        var parent = System.IO.Path.Combine(benchmark, ParentName);
        return !Directory.Exists(parent)
            ? []
            : [.. Directory.EnumerateDirectories(parent)
                .Select(path => new BaselineFolder(System.IO.Path.GetFileName(path), path))
                .Where(folder => !folder.Name.StartsWith('.'))
                .OrderBy(folder => folder.Name, StringComparer.Ordinal)];
    }

    /// <summary>Its prediction files by split, as they are named: <c>SPLIT.csv.gz</c> or <c>SPLIT.csv</c>.</summary>
    public IReadOnlyList<(string Split, string Path)> FindPredictions() =>
    [
        .. from path in Directory.EnumerateFiles(Path).Order(StringComparer.Ordinal)
           let name = System.IO.Path.GetFileName(path)
           let ending = Endings.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase))
           where ending is not null
           select (name[..^ending.Length], path),
    ];
}
