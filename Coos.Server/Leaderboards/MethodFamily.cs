using System.Text.RegularExpressions;

namespace Coos.Server.Leaderboards;

/// <summary>The paper's four families of baselines, told apart by colour and marker.</summary>
internal static partial class MethodFamily
{
    /// <summary>What belongs to none of the four.</summary>
    public const string Other = "other";

    /// <summary>The families by the names that addresses and style sheets know them by, and their titles.</summary>
    public static IReadOnlyList<(string Name, string Title)> All { get; } =
    [("deeploc", "DeepLoc"), ("pci", "PCI"), ("vgg", "VGG"), ("texture", "Texture"), (Other, "other")];

    /// <summary>The marker of a family as an SVG path in a box of 12 by 12: shape and colour, so that neither alone is needed.</summary>
    public static string Marker(string family) =>
        family switch
        {
            "deeploc" => "M6 1 11.5 11h-11z",
            "pci" => "M1.2 1.2h9.6v9.6H1.2z",
            "vgg" => "M6 .4 11.6 6 6 11.6.4 6z",
            "texture" => "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
            _ => "M6 .6 7.6 4.3l4 .4-3 2.7.9 3.9L6 9.2l-3.5 2.1.9-3.9-3-2.7 4-.4z",
        };

    /// <summary>The title of a family.</summary>
    public static string Title(string family) => All.First(f => f.Name == family).Title;

    /// <summary>
    /// The family of a method by how its name begins, as reported results ("VGG16 Conv4_2"), baselines ("Texture, L1 LR") and
    /// whoever runs them again name it; <see cref="Other"/> where it begins otherwise.
    /// </summary>
    public static string Of(string method)
    {
        var known = Known().Match(method);
        return known.Success ? All.First(f => known.Groups[f.Name].Success).Name : Other;
    }

    /// <summary>The beginning that tells the family, "VGG16" for instance; null where none does.</summary>
    public static string? BeginningOf(string method) => Known().Match(method) is { Success: true } known ? known.Value : null;

    [GeneratedRegex(
        @"^\s*(?:(?<deeploc>DeepLoc)|(?<pci>PCI|paired cell inpainting)|(?<vgg>VGG[- ]?\d*)|(?<texture>Texture|Haralick))\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Known();
}
