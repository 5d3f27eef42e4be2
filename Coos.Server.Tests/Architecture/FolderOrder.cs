using System.Text.RegularExpressions;

namespace Coos.Server.Tests.Architecture;

/// <summary>The order of the folders of Coos.Server. Each may use only those before it; docs/decisions/0078 has the reasons.</summary>
internal static partial class FolderOrder
{
    /// <summary>The folders in order; all others may use the first.</summary>
    public static readonly IReadOnlyList<string> Folders =
    [
        "Configuration",
        "Problems",
        "Data",
        "Telemetry",
        "Benchmarks",
        "Accounts",
        "Disclosures",
        "Submissions",
        "Scoring",
        "Leaderboards",
        "Methods",
        "Comparisons",
        "Resolution",
        "Mixes",
        "Consistencies",
        "Forecasts",
        "Plates",
        "Images",
        "LabelErrors",
        "Models",
        "Organisers",
        "Webhooks",
    ];

    /// <summary>Finds uses of folders that come after the folder of a source file.</summary>
    /// <param name="folder">The folder of the file.</param>
    /// <param name="file">The name of the file, for the message.</param>
    /// <param name="source">The lines of the file.</param>
    /// <returns>One text per use, with file, line and used folder.</returns>
    public static IEnumerable<string> FindViolations(string folder, string file, IEnumerable<string> source)
    {
        var allowed = Folders.Take(Folders.ToList().IndexOf(folder) + 1).ToHashSet();
        return source.SelectMany(
            (line, index) =>
                UsedFolder()
                    .Matches(line)
                    .Select(m => m.Groups[1].Value)
                    .Where(used => !allowed.Contains(used))
                    .Select(used => $"{file}({index + 1}): {folder} comes before {used}: {line.Trim()}")
        );
    }

    [GeneratedRegex(@"\bCoos\.Server\.(\w+)")]
    private static partial Regex UsedFolder();
}
