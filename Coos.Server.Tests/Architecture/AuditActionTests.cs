using System.Text.RegularExpressions;
using Coos.Testing;

namespace Coos.Server.Tests.Architecture;

/// <summary>docs/operations.md lists all actions of the audit log.</summary>
public sealed partial class AuditActionTests
{
    [Fact]
    public void The_document_lists_the_actions_of_the_source()
    {
        var source = Directory
            .EnumerateFiles(Path.Combine(Checkout.Folder, "Coos.Server"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Action().Matches(File.ReadAllText(file)).Select(m => m.Groups["action"].Value))
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(source, ReadDocumented().Order(StringComparer.Ordinal));
    }

    /// <summary>Reads the list, where <c>.show</c> after <c>submission.hide</c> stands for <c>submission.show</c>.</summary>
    private static List<string> ReadDocumented()
    {
        var document = File.ReadAllText(Path.Combine(Checkout.Folder, "docs", "operations.md"));
        var list = List().Match(document).Value;
        var (actions, area) = (new List<string>(), "");
        foreach (var word in Word().Matches(list).Select(m => m.Groups["word"].Value))
        {
            area = word.StartsWith('.') ? area : word[..word.IndexOf('.', StringComparison.Ordinal)];
            actions.Add(word.StartsWith('.') ? area + word : word);
        }

        return actions;
    }

    [GeneratedRegex("\"(?<action>(?:submission|labels|participation|account|webhook|benchmark)\\.[a-z-]+)\"")]
    private static partial Regex Action();

    [GeneratedRegex(@"^Each organiser action has an audit entry[\s\S]*?\.(?= Actions of owners)", RegexOptions.Multiline)]
    private static partial Regex List();

    [GeneratedRegex("`(?<word>[a-z]*\\.[a-z-]+)`")]
    private static partial Regex Word();
}
