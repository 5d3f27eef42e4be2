namespace Coos.Shared.Benchmarks;

/// <summary>A baseline in a benchmark folder: <c>baselines/NAME/</c> with run.json and one prediction file per test split.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Path">The folder.</param>
public sealed record BaselineFolder(string Name, string Path)
{
    /// <summary>The name of the folder that holds all baselines of a benchmark.</summary>
    public const string ParentName = "baselines";

    private static readonly string[] Endings = [".csv.gz", ".csv"];

    /// <summary>The path of run.json, which says how the baseline was run.</summary>
    public string RunPath => System.IO.Path.Combine(Path, BaselineRun.FileName);

    /// <summary>Finds the baselines of a benchmark, sorted by name and not validated. Names that start with a dot are ignored.</summary>
    /// <param name="benchmark">The benchmark's folder.</param>
    public static IReadOnlyList<BaselineFolder> FindAll(string benchmark)
    {
        var parent = System.IO.Path.Combine(benchmark, ParentName);
        return !Directory.Exists(parent)
            ? []
            :
            [
                .. Directory
                    .EnumerateDirectories(parent)
                    .Select(path => new BaselineFolder(System.IO.Path.GetFileName(path), path))
                    .Where(folder => !folder.Name.StartsWith('.'))
                    .OrderBy(folder => folder.Name, StringComparer.Ordinal),
            ];
    }

    /// <summary>Finds the prediction files, named <c>SPLIT.csv.gz</c> or <c>SPLIT.csv</c>.</summary>
    public IReadOnlyList<(string Split, string Path)> FindPredictions() =>
        [
            .. from path in Directory.EnumerateFiles(Path).Order(StringComparer.Ordinal)
            let name = System.IO.Path.GetFileName(path)
            let ending = Endings.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase))
            where ending is not null
            select (name[..^ending.Length], path),
        ];
}
