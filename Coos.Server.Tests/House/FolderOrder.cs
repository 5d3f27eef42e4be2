using System.Text.RegularExpressions;

namespace Coos.Server.Tests.House;

/// <summary>The order of the folders of Coos.Server: each may use those before it. docs/decisions/0078 says why.</summary>
internal static partial class FolderOrder
{
    /// <summary>The folders, the one that all others may use first.</summary>
    public static readonly IReadOnlyList<string> Folders =
    [
        "Configuration",
        "Problems",
        "Data",
        "Telemetry",
        "Benchmarks",
        "Accounts",
        "Submissions",
        "Scoring",
        "Leaderboards",
        "Comparisons",
        "Images",
        "Organisers",
        "Webhooks",
    ];

    /// <summary>The places where a source file uses a folder that comes after its own.</summary>
    /// <param name="folder">The file's folder.</param>
    /// <param name="file">Its name, for the message.</param>
    /// <param name="source">Its lines.</param>
    /// <returns>One text per place: file, line and what it uses.</returns>
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
