using System.Text.RegularExpressions;

namespace Coos.Testing.Tests;

/// <summary>A name means one type in all of the solution, so that a search for it finds that type.</summary>
public sealed partial class TypeNameTests
{
    /// <summary>Types that may share a name, each with its reason.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["TestDatabase"] = "Coos.Web.Postgres.Tests compiles the tests of Coos.Web.Tests with its own",
    };

    [Fact]
    public void No_two_types_share_a_name()
    {
        var shared = Directory
            .EnumerateDirectories(Checkout.Folder, "Coos.*")
            .SelectMany(Sources)
            .SelectMany(Types)
            .GroupBy(t => t.Name)
            .Where(g => !IsOneType([.. g]))
            .ToDictionary(g => g.Key, g => string.Join(", ", g.Select(t => t.File)));

        Assert.Empty(shared.Where(s => !Allowed.ContainsKey(s.Key)).Select(s => $"{s.Key}: {s.Value}"));
        Assert.Empty(
            Allowed.Keys.Where(name => !shared.ContainsKey(name)).Select(name => $"{name} is the name of one type: take it off the list")
        );
    }

    [Theory]
    [InlineData("public sealed record A(int B)", "A")]
    [InlineData("internal static partial class A<T>", "A`1")]
    [InlineData("public readonly record struct A<TKey, TValue>(TKey B)", "A`2")]
    [InlineData("public delegate Task<int> A(string b);", "A")]
    [InlineData("enum A", "A")]
    [InlineData("    public sealed class Nested", null)]
    [InlineData("file sealed class Hidden", null)]
    [InlineData("// class Comment", null)]
    public void A_declaration_is_told_from_other_lines(string line, string? name) =>
        Assert.Equal(name, TypesIn("x.cs", line).SingleOrDefault()?.Name);

    private static bool IsOneType(Declaration[] declarations) =>
        declarations.Length == 1
        || (declarations.All(d => d.IsPartial) && declarations.Select(d => Path.GetDirectoryName(d.File)).Distinct().Count() == 1);

    /// <summary>C# files that are written by hand: not built, and not made by Entity Framework.</summary>
    private static IEnumerable<string> Sources(string project) =>
        Directory
            .EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Checkout.Folder, f))
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "Migrations"));

    private static IEnumerable<Declaration> Types(string file) => TypesIn(file, File.ReadAllText(Path.Combine(Checkout.Folder, file)));

    private static IEnumerable<Declaration> TypesIn(string file, string text) =>
        DeclarationLine()
            .Matches(text)
            .Where(m => !m.Groups["modifiers"].Value.Contains("file ", StringComparison.Ordinal))
            .Select(m => new Declaration(
                m.Groups["name"].Value + (m.Groups["parameters"] is { Success: true } p ? $"`{p.Value.Split(',').Length}" : ""),
                m.Groups["modifiers"].Value.Contains("partial ", StringComparison.Ordinal),
                file
            ));

    /// <summary>Namespaces are file-scoped, so a type that is in no other begins its line.</summary>
    [GeneratedRegex(
        """
            ^(?<modifiers>((public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe)\ )*)
            (class|interface|enum|struct|record(\ class|\ struct)?|delegate\ [^=;(]+?)\ (?<name>\w+)(<(?<parameters>[^>]*)>)?(?=[\s({:;]|\z)
            """,
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex DeclarationLine();

    private sealed record Declaration(string Name, bool IsPartial, string File);
}
