using Coos.Shared.Benchmarks;

namespace Coos.Cli.Score;

/// <summary>The files to score.</summary>
/// <param name="Benchmark">The benchmark's folder.</param>
/// <param name="Labels">The label file, if there is one split; null for those of the folder.</param>
/// <param name="Files">The prediction files.</param>
internal sealed record ScoreRequest(string Benchmark, string? Labels, IReadOnlyList<ScoredFile> Files)
{
    /// <summary>Reads the arguments of the command.</summary>
    /// <param name="benchmark">The benchmark's folder.</param>
    /// <param name="split">The value of <c>--split</c>; null if each file names its own.</param>
    /// <param name="labels">The value of <c>--labels</c>.</param>
    /// <param name="predictions">One path, or several <c>SPLIT=FILE</c>.</param>
    /// <returns>The request, or what is wrong with the arguments.</returns>
    public static (ScoreRequest? Request, string? Error) Read(
        string benchmark,
        string? split,
        string? labels,
        IReadOnlyList<string> predictions
    )
    {
        if (split is not null)
        {
            return predictions is [var path]
                ? Check(new ScoreRequest(benchmark, labels, [new ScoredFile(split, path)]))
                : (
                    null,
                    $"--split {split} takes one file, but {predictions.Count} were specified; "
                        + "to score several splits, omit --split and write SPLIT=FILE for each"
                );
        }

        var files = new List<ScoredFile>();
        foreach (var text in predictions)
        {
            if (text.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } path])
            {
                return (
                    null,
                    $"\"{text}\" does not name a split; write it as SPLIT=FILE, such as test1={text}, or specify the split with --split"
                );
            }

            files.Add(new ScoredFile(name, path));
        }

        return labels is not null && files.Count > 1
            ? (null, "--labels applies to one split only; for several splits, omit it to use the labels of the benchmark's folder")
            : Check(new ScoreRequest(benchmark, labels, files));
    }

    /// <summary>The message for a file of an unknown split; null if all splits are known.</summary>
    public string? FindUnknownSplit(Benchmark known) =>
        Files.FirstOrDefault(f => known.FindSplit(f.Split) is null) is { } file
            ? $"{known.Slug} has no split {file.Split}; it has {string.Join(", ", known.Splits.Select(s => s.Name))}"
            : null;

    private static (ScoreRequest? Request, string? Error) Check(ScoreRequest request)
    {
        var duplicate = request.Files.GroupBy(f => f.Split).FirstOrDefault(g => g.Count() > 1);
        var missing = request.Files.FirstOrDefault(f => !File.Exists(f.Path));
        return duplicate is not null ? (null, $"{duplicate.Key} is specified twice")
            : missing is not null ? (null, $"{missing.Path} does not exist")
            : (request, null);
    }
}

/// <summary>A prediction file and its split.</summary>
/// <param name="Split">The split.</param>
/// <param name="Path">The file.</param>
internal sealed record ScoredFile(string Split, string Path);
