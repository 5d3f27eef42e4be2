using Coos.Shared.Metrics;

namespace Coos.Shared.Benchmarks;

/// <summary>The content of a benchmark folder: the manifest and the tables of published results. Labels are read separately.</summary>
public sealed record BenchmarkFolder
{
    /// <summary>The manifest's file name.</summary>
    public const string ManifestName = "benchmark.json";

    /// <summary>The table of published results under the ranking metric.</summary>
    public const string ReportedName = "reported.csv";

    /// <summary>The table of sensitivities that publications report.</summary>
    public const string SensitivitiesName = "reported-sensitivities.csv";

    /// <summary>The table of published results under other metrics.</summary>
    public const string OtherMetricsName = "other-metrics.csv";

    private const string DeviationSuffix = "_sd";
    private const string Replicates = "replicates";
    private const double MaximumLoss = 1000;

    /// <summary>The folder.</summary>
    public required string Path { get; init; }

    /// <summary>The manifest.</summary>
    public required Benchmark Benchmark { get; init; }

    /// <summary>Results that publications report under the benchmark's own metric.</summary>
    public IReadOnlyList<ReportedResult> Reported { get; init; } = [];

    /// <summary>Single sensitivities that publications report.</summary>
    public IReadOnlyList<ReportedSensitivity> Sensitivities { get; init; } = [];

    /// <summary>Results under other metrics.</summary>
    public IReadOnlyList<OtherResult> OtherResults { get; init; } = [];

    /// <summary>Whether the folder has a folder of labels, so that predictions can be scored.</summary>
    public bool HasLabels => Directory.Exists(System.IO.Path.Combine(Path, "labels"));

    /// <summary>The path of a split's label file; the file may be missing.</summary>
    public string LabelPath(string split) => System.IO.Path.Combine(Path, "labels", split + ".csv");

    /// <summary>Reads a benchmark folder.</summary>
    /// <exception cref="BenchmarkException">The folder is invalid.</exception>
    public static BenchmarkFolder Read(string path)
    {
        var manifest = System.IO.Path.Combine(path, ManifestName);
        if (!File.Exists(manifest))
        {
            throw new BenchmarkException($"{manifest}: missing file; every benchmark folder needs one (docs/formats.md)");
        }

        var benchmark = ManifestReader.Read(File.ReadAllText(manifest), manifest);
        var problems = new List<string>();
        var folder = new BenchmarkFolder
        {
            Path = path,
            Benchmark = benchmark,
            Reported = ReadReported(path, benchmark, problems),
            Sensitivities = ReadSensitivities(path, benchmark, problems),
            OtherResults = ReadOtherResults(path, benchmark, problems),
        };
        return problems.Count == 0 ? folder : throw new BenchmarkException(problems);
    }

    /// <summary>
    /// Reads the valid benchmark folders in the given directories. A folder that is invalid is left out, and so are all folders with one
    /// slug, because nobody knows which was meant. Names that start with a dot are ignored.
    /// </summary>
    /// <param name="directories">The directories.</param>
    /// <param name="problems">Receives the folders that are left out.</param>
    public static IReadOnlyList<BenchmarkFolder> ReadValid(IEnumerable<string> directories, ICollection<FolderProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(directories);
        ArgumentNullException.ThrowIfNull(problems);
        var folders = new List<BenchmarkFolder>();
        foreach (var path in directories.SelectMany(FindFolders))
        {
            try
            {
                folders.Add(Read(path));
            }
            catch (BenchmarkException e)
            {
                problems.Add(new FolderProblem(path, e.Message));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(new FolderProblem(path, $"{path}: cannot be read: {e.Message}"));
            }
        }

        var bySlug = folders.ToLookup(f => f.Benchmark.Slug);
        foreach (var folder in folders.Where(f => bySlug[f.Benchmark.Slug].Count() > 1))
        {
            problems.Add(DescribeSameSlug(folder, bySlug[folder.Benchmark.Slug].Where(other => other != folder)));
        }

        return [.. folders.Where(f => bySlug[f.Benchmark.Slug].Count() == 1)];
    }

    private static FolderProblem DescribeSameSlug(BenchmarkFolder folder, IEnumerable<BenchmarkFolder> others)
    {
        var paths = string.Join(" and ", others.Select(f => f.Path));
        return new FolderProblem(
            folder.Path,
            $"{folder.Path}: the slug \"{folder.Benchmark.Slug}\" is also that of {paths}; give each benchmark a slug of its own"
        );
    }

    private static IEnumerable<string> FindFolders(string directory) =>
        Directory
            .EnumerateDirectories(directory)
            .Where(path => !System.IO.Path.GetFileName(path).StartsWith('.'))
            .Order(StringComparer.Ordinal);

    private static List<ReportedResult> ReadReported(string path, Benchmark benchmark, List<string> problems)
    {
        var splits = SplitNames(benchmark);
        string[] numeric = [.. splits, .. splits.Select(s => s + DeviationSuffix), Replicates];
        var metric = benchmark.Ranking.Info;
        var maximum = metric.Scale == MetricScale.Share ? 100 : MaximumLoss;
        var rows = ReadRows(path, ReportedName, ["features", "classifier", "source"], numeric, maximum, problems);
        return [.. rows.Select(row => ToResult(row, splits, metric))];
    }

    private static ReportedResult ToResult(ResultRow row, string[] splits, MetricInfo metric)
    {
        double ToFraction(double value) => metric.Scale == MetricScale.Share ? Math.Round(value / 100, 12) : value;
        return new ReportedResult(
            row.Text["features"],
            row.Text["classifier"],
            splits.Where(row.Numbers.ContainsKey).ToDictionary(s => s, s => Math.Round(metric.ToLoss(ToFraction(row.Numbers[s])), 12)),
            row.Text["source"]
        )
        {
            Deviations = splits
                .Where(s => row.Numbers.ContainsKey(s + DeviationSuffix))
                .ToDictionary(s => s, s => ToFraction(row.Numbers[s + DeviationSuffix])),
            Replicates = row.Numbers.TryGetValue(Replicates, out var replicates) ? (int)replicates : null,
        };
    }

    private static List<OtherResult> ReadOtherResults(string path, Benchmark benchmark, List<string> problems)
    {
        var rows = ReadRows(path, OtherMetricsName, ["metric", "method", "source"], SplitNames(benchmark), 100, problems);
        return [.. rows.Select(r => new OtherResult(r.Text["metric"], r.Text["method"], ToFractions(r), r.Text["source"]))];
    }

    private static List<ReportedSensitivity> ReadSensitivities(string path, Benchmark benchmark, List<string> problems)
    {
        var rows = ReadRows(path, SensitivitiesName, ["method", "class", "split", "source"], ["sensitivity"], 1, problems);
        var file = System.IO.Path.Combine(path, SensitivitiesName);
        var results = new List<ReportedSensitivity>();
        foreach (var row in rows)
        {
            var index = benchmark.ClassNames.Find(System.Text.Encoding.UTF8.GetBytes(row.Text["class"]));
            var hasSensitivity = row.Numbers.TryGetValue("sensitivity", out var sensitivity);
            var reason =
                index < 0 ? $":class: \"{row.Text["class"]}\" is not a class of the benchmark"
                : benchmark.FindSplit(row.Text["split"]) is null ? $":split: \"{row.Text["split"]}\" is not a split of the benchmark"
                : hasSensitivity ? null
                : ":sensitivity: the sensitivity is missing";
            if (reason is not null)
            {
                problems.Add($"{file}:{row.Line}{reason}");
                continue;
            }

            results.Add(new ReportedSensitivity(row.Text["method"], index, row.Text["split"], sensitivity, row.Text["source"]));
        }

        return results;
    }

    /// <summary>Reads an optional table. Returns no rows if the table has problems, which are added to the list.</summary>
    private static List<ResultRow> ReadRows(
        string path,
        string name,
        string[] required,
        string[] numeric,
        double maximum,
        List<string> problems
    )
    {
        var file = System.IO.Path.Combine(path, name);
        if (!File.Exists(file))
        {
            return [];
        }

        var before = problems.Count;
        var rows = ResultTable.Read(file, required, numeric, maximum, problems);
        return problems.Count == before ? rows : [];
    }

    private static string[] SplitNames(Benchmark benchmark) => [.. benchmark.Splits.Select(s => s.Name)];

    /// <summary>Percentages as fractions, rounded so that 4.7% is 0.047 and not its neighbour.</summary>
    private static Dictionary<string, double> ToFractions(ResultRow row) =>
        row.Numbers.ToDictionary(n => n.Key, n => Math.Round(n.Value / 100, 12));
}
