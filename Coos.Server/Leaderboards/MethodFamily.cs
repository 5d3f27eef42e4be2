using System.Text.RegularExpressions;

namespace Coos.Server.Leaderboards;

/// <summary>The paper's four families of baselines, distinguished by colour and marker.</summary>
internal static partial class MethodFamily
{
    /// <summary>The family of methods that belong to none of the four.</summary>
    public const string Other = "other";

    /// <summary>The families: the name used in URLs and style sheets, and the title.</summary>
    public static IReadOnlyList<(string Name, string Title)> All { get; } =
    [("deeploc", "DeepLoc"), ("pci", "PCI"), ("vgg", "VGG"), ("texture", "Texture"), (Other, "other")];

    /// <summary>The marker of a family as an SVG path in a 12 by 12 box, so that families differ in shape as well as in colour.</summary>
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
    /// Finds the family of a method by the prefix of its name, as used by reported results ("VGG16 Conv4_2"), by baselines
    /// ("Texture, L1 LR") and by submitters who rerun them; <see cref="Other"/> for any other name.
    /// </summary>
    public static string Find(string method)
    {
        var known = Known().Match(method);
        return known.Success ? All.First(f => known.Groups[f.Name].Success).Name : Other;
    }

    /// <summary>Finds the prefix that identifies the family, for example "VGG16"; null if there is none.</summary>
    public static string? FindPrefix(string method) => Known().Match(method) is { Success: true } known ? known.Value : null;

    [GeneratedRegex(
        @"^\s*(?:(?<deeploc>DeepLoc)|(?<pci>PCI|paired cell inpainting)|(?<vgg>VGG[- ]?\d*)|(?<texture>Texture|Haralick))\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Known();
}
