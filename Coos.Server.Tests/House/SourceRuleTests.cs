using System.Text.RegularExpressions;
using Coos.Testing;

namespace Coos.Server.Tests.House;

/// <summary>Rules about the sources of the whole solution that no analyzer knows.</summary>
public sealed partial class SourceRuleTests
{
    /// <summary>Lines of more than 140 columns that each project still has.</summary>
    private static readonly Dictionary<string, int> StillTooLong = new()
    {
        ["Coos.Measurements"] = 23,
        ["Coos.Server"] = 64,
        ["Coos.Server.Tests"] = 4,
        ["Coos.Web"] = 41,
        ["Coos.Web.Tests"] = 98,
    };

    [Fact]
    public void Log_events_have_unique_ids()
    {
        var events = Sources("*.cs")
            .SelectMany(file =>
                LogEvent().Matches(File.ReadAllText(file)).Select(m => (Id: m.Groups[1].Value, File: Path.GetFileName(file)))
            )
            .ToList();

        Assert.NotEmpty(events);
        Assert.Empty(
            events.GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g.Select(e => e.File))}")
        );
    }

    [Fact]
    public void Pages_contain_no_query() =>
        Assert.Empty(
            Sources("*.razor").Where(file => Query().IsMatch(File.ReadAllText(file))).Select(f => Path.GetRelativePath(Checkout.Folder, f))
        );

    /// <summary>A project whose lines are still too long may not get more of them, and leaves the list when none is left.</summary>
    [Fact]
    public void Lines_have_at_most_140_columns()
    {
        var found = Directory
            .EnumerateDirectories(Checkout.Folder, "Coos.*")
            .Select(project => (Name: Path.GetFileName(project), Lines: SourcesOf(project, "*.cs").Sum(LongLines)))
            .Where(p => p.Lines > 0)
            .ToList();

        Assert.All(
            found,
            p => Assert.True(p.Lines <= StillTooLong.GetValueOrDefault(p.Name), $"{p.Name} has {p.Lines} lines of more than 140 columns")
        );
        Assert.Empty(StillTooLong.Keys.Except(found.Select(p => p.Name)));
    }

    private static int LongLines(string file) => File.ReadLines(file).Count(line => line.Length > 140);

    private static IEnumerable<string> Sources(string pattern) =>
        Directory
            .EnumerateDirectories(Checkout.Folder, "Coos.*")
            .Where(project => !project.EndsWith(".Tests", StringComparison.Ordinal))
            .SelectMany(project => SourcesOf(project, pattern));

    private static IEnumerable<string> SourcesOf(string project, string pattern) =>
        Directory
            .EnumerateFiles(project, pattern, SearchOption.AllDirectories)
            .Where(file =>
                !Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "Migrations")
            );

    [GeneratedRegex(@"\[LoggerMessage\((?:EventId = )?(\d+)")]
    private static partial Regex LogEvent();

    [GeneratedRegex(@"DbContext|ToListAsync\(|ExecuteUpdateAsync\(")]
    private static partial Regex Query();
}
