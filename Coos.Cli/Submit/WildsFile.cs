using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Coos.Cli.Submit;

/// <summary>
/// A prediction file of the WILDS package: no header and no ids; line i has the predicted class of the i-th image of a split in the
/// order of the dataset's metadata.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Dataset">The dataset in its name.</param>
/// <param name="Split">The split in its name.</param>
/// <param name="Seed">The seed in its name.</param>
/// <param name="Epoch">The epoch in its name; empty if it has none.</param>
internal sealed partial record WildsFile(string Path, string Dataset, string Split, string Seed, string Epoch)
{
    /// <summary>Finds the prediction files in a folder, in the order of seeds.</summary>
    public static WildsFile[] FindAll(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder)
                .Select(path => (Path: path, Match: Name().Match(System.IO.Path.GetFileName(path))))
                .Where(f => f.Match.Success)
                .Select(f => new WildsFile(
                    f.Path,
                    Part(f.Match, "dataset"),
                    Part(f.Match, "split"),
                    Part(f.Match, "seed"),
                    Part(f.Match, "epoch")
                ))
                .OrderBy(f => f.Seed.Length)
                .ThenBy(f => f.Seed, StringComparer.Ordinal)
                .ThenBy(f => f.Split, StringComparer.Ordinal)
                .ThenBy(f => f.Epoch, StringComparer.Ordinal),
        ];

    /// <summary>Reads the classes.</summary>
    /// <param name="error">The first line that is not a class.</param>
    /// <returns>The class of each line; null if the file is not valid.</returns>
    public int[]? ReadClasses(out string error)
    {
        var classes = new List<int>();
        using var reader = new StreamReader(Path, new UTF8Encoding(false));
        while (reader.ReadLine() is { } line)
        {
            var text = line.Trim();
            if (text.Length == 0 && reader.Peek() < 0)
            {
                break;
            }

            var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
            if (!isNumber || number != Math.Floor(number) || number is < 0 or > int.MaxValue)
            {
                var shown = text.Length > 40 ? text[..40] + "..." : text;
                error = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Path}:{classes.Count + 1}: \"{shown}\" is not a class; a prediction file of WILDS has one class index per line"
                );
                return null;
            }

            classes.Add((int)number);
        }

        error = "";
        return [.. classes];
    }

    private static string Part(Match match, string name) => match.Groups[name].Value;

    /// <summary>Where a file system does not allow colons, they are mostly replaced by underscores.</summary>
    [GeneratedRegex(
        @"^(?<dataset>.+?)_split[:_](?<split>.+?)_seed[:_](?<seed>[^:_]+)(_epoch[:_](?<epoch>[^:_]+))?(_.*)?_pred\.csv$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Name();
}
