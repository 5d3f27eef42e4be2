using System.Text.RegularExpressions;
using Coos.Testing;

namespace Coos.Server.Tests.Architecture;

/// <summary>
/// docs/operations.md names the tests that show its promises, in <c>&lt;small&gt;Tests: ...&lt;/small&gt;</c>. Each named test exists,
/// and each section names one.
/// </summary>
public sealed partial class OperationsPromiseTests
{
    /// <summary>Sections that promise nothing: commands measure the numbers there.</summary>
    private static readonly string[] WithoutPromises = ["Measured"];

    private static readonly Lazy<IReadOnlyDictionary<string, HashSet<string>>> Classes = new(FindClasses);

    private static string Document => File.ReadAllText(Path.Combine(Checkout.Folder, "docs", "operations.md"));

    [Fact]
    public void Each_named_test_exists() => Assert.Empty(FindUnknownTests(Document));

    /// <summary>The names in a list of another form would not be checked.</summary>
    [Fact]
    public void Each_list_of_tests_can_be_read() => Assert.Equal(Document.Split("Tests:").Length - 1, Named().Count(Document));

    [Fact]
    public void Each_section_with_promises_names_a_test() =>
        Assert.Empty(
            Section()
                .Matches(Document)
                .Where(section => !ListNames(section.Value).Any())
                .Select(section => section.Groups["heading"].Value)
                .Except(WithoutPromises)
        );

    [Fact]
    public void A_wrong_name_is_reported()
    {
        const string Text = """
            A promise. <small>Tests: `OperationsPromiseTests`, `OperationsPromiseTests.Each_named_test_exists`,
            `OperationsPromiseTests.ListNames`, `OperationsPromiseTests.No_such_test`, `NoSuchTests`, `NoSuchTests.Test`, `text`.</small>
            `SignInTest.Outside` is not a name of a test.
            """;

        Assert.Equal(
            ["OperationsPromiseTests.ListNames", "OperationsPromiseTests.No_such_test", "NoSuchTests", "NoSuchTests.Test", "text"],
            FindUnknownTests(Text)
        );
    }

    private static IEnumerable<string> FindUnknownTests(string text) => ListNames(text).Where(name => !Exists(name));

    private static bool Exists(string name)
    {
        var parts = name.Split('.');
        return Classes.Value.TryGetValue(parts[0], out var tests)
            && (parts.Length == 1 ? tests.Count > 0 : parts.Length == 2 && tests.Contains(parts[1]));
    }

    private static IEnumerable<string> ListNames(string text) =>
        Named().Matches(text).SelectMany(m => m.Groups["name"].Captures).Select(c => c.Value);

    /// <summary>Finds the test classes of the solution, and the tests of each.</summary>
    private static Dictionary<string, HashSet<string>> FindClasses()
    {
        var classes = new Dictionary<string, HashSet<string>>();
        foreach (var file in Directory.EnumerateDirectories(Checkout.Folder, "Coos.*.Tests").SelectMany(FindSources))
        {
            var text = File.ReadAllText(file);
            if (TestClass().Match(text) is { Success: true } declared)
            {
                var name = declared.Groups["name"].Value;
                classes.TryAdd(name, []);
                classes[name].UnionWith(Test().Matches(text).Select(m => m.Groups["name"].Value));
            }
        }

        return classes;
    }

    private static IEnumerable<string> FindSources(string project) =>
        Directory
            .EnumerateFiles(project, "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    [GeneratedRegex(@"<small>Tests:(\s+`(?<name>[^`]+)`[,.])+</small>")]
    private static partial Regex Named();

    [GeneratedRegex(@"^## (?<heading>[^\n]+)\n(?:(?!## )[^\n]*\n?)*", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^public sealed (?:partial )?class (?<name>\w+Tests)\b", RegexOptions.Multiline)]
    private static partial Regex TestClass();

    [GeneratedRegex(
        @"^    \[(?:Fact|Theory)\b(?:(?!^    public )[\s\S])*^    public (?:static )?(?:async )?\w+ (?<name>\w+)\(",
        RegexOptions.Multiline
    )]
    private static partial Regex Test();
}
