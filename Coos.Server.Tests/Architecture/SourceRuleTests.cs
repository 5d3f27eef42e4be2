using System.Text.RegularExpressions;
using Coos.Testing;

namespace Coos.Server.Tests.Architecture;

/// <summary>Rules for the source code of the whole solution that no analyzer checks.</summary>
public sealed partial class SourceRuleTests
{
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

    [Fact]
    public void Lines_have_at_most_140_columns()
    {
        var files = Directory
            .EnumerateDirectories(Checkout.Folder, "Coos.*")
            .SelectMany(project => SourcesOf(project, "*.cs").Concat(SourcesOf(project, "*.razor")))
            .ToList();

        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(LongLines));
    }

    /// <summary>The lines of a file that are too long, as "file:line".</summary>
    private static IEnumerable<string> LongLines(string file) =>
        File.ReadLines(file).Index().Where(line => line.Item.Length > 140).Select(line => $"{Path.GetFileName(file)}:{line.Index + 1}");

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
