using System.Xml.Linq;
using Coos.Testing;

namespace Coos.Server.Tests.Architecture;

/// <summary>Dependencies point one way: between the folders of Coos.Server, and between projects.</summary>
public sealed class FolderOrderTests
{
    /// <summary>The projects that each project may reference.</summary>
    private static readonly Dictionary<string, string[]> References = new()
    {
        ["Coos.Shared"] = [],
        ["Coos.Evaluator"] = ["Coos.Shared"],
        ["Coos.Simulator"] = ["Coos.Shared"],
        ["Coos.Baselines"] = ["Coos.Shared"],
        ["Coos.Baselines.Deep"] = ["Coos.Baselines", "Coos.Shared"],
        ["Coos.Runner"] = [],
        ["Coos.Models"] = ["Coos.Runner", "Coos.Shared"],
        ["Coos.Server"] = ["Coos.Evaluator", "Coos.Models", "Coos.Shared", "Coos.Simulator"],
        ["Coos.Web"] = ["Coos.Server", "Coos.Evaluator", "Coos.Shared"],

        // Only builds Coos.Web, which coos admin starts as a process.
        ["Coos.Cli"] = ["Coos.Baselines", "Coos.Baselines.Deep", "Coos.Evaluator", "Coos.Shared", "Coos.Simulator", "Coos.Web"],
    };

    private static string Server => Path.Combine(Checkout.Folder, "Coos.Server");

    [Fact]
    public void Server_folders_use_only_earlier_folders() =>
        Assert.Empty(
            FolderOrder.Folders.SelectMany(folder =>
                SourcesIn(folder)
                    .SelectMany(file =>
                        FolderOrder.FindViolations(folder, Path.GetRelativePath(Checkout.Folder, file), File.ReadAllLines(file))
                    )
            )
        );

    [Fact]
    public void Every_server_folder_is_in_the_order() =>
        Assert.Equal(
            FolderOrder.Folders.Order(StringComparer.Ordinal),
            Directory.GetDirectories(Server).Select(f => Path.GetFileName(f)!).Except(["bin", "obj"]).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void A_use_of_a_later_folder_is_reported_with_file_and_line()
    {
        string[] source = ["namespace Coos.Server.Accounts;", "", "using Coos.Server.Data;", "using Coos.Server.Scoring.Baselines;"];

        var violation = Assert.Single(FolderOrder.FindViolations("Accounts", "Accounts/Example.cs", source));

        Assert.Equal("Accounts/Example.cs(4): Accounts comes before Scoring: using Coos.Server.Scoring.Baselines;", violation);
    }

    [Fact]
    public void Projects_have_only_allowed_references() =>
        Assert.Empty(
            References.SelectMany(project => ReferencesOf(project.Key).Except(project.Value).Select(r => $"{project.Key} references {r}"))
        );

    [Fact]
    public void The_server_does_not_reference_the_web_framework() =>
        Assert.DoesNotContain("FrameworkReference", File.ReadAllText(Path.Combine(Server, "Coos.Server.csproj")), StringComparison.Ordinal);

    private static IEnumerable<string> SourcesIn(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Server, folder), "*.cs", SearchOption.AllDirectories);

    private static IEnumerable<string> ReferencesOf(string project) =>
        XDocument
            .Load(Path.Combine(Checkout.Folder, project, $"{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
}
