using System.Text.RegularExpressions;

namespace Coos.Server.Leaderboards;

/// <summary>
/// The families of methods, distinguished by colour and marker: the paper's four, those that submitters name, and the rest.
/// </summary>
internal static partial class MethodFamily
{
    /// <summary>The family of methods that belong to none of the four and whose submitters name none.</summary>
    public const string Other = "other";

    /// <summary>The paper's families and the rest: the name used in URLs and style sheets, and the title.</summary>
    public static IReadOnlyList<(string Name, string Title)> All { get; } =
    [("deeploc", "DeepLoc"), ("pci", "PCI"), ("vgg", "VGG"), ("texture", "Texture"), (Other, "other")];

    /// <summary>
    /// The styles of families that submitters name: the colour of <see cref="Other"/> with a marker of its own. With more families than
    /// markers, the label tells them apart.
    /// </summary>
    public static IReadOnlyList<string> NamedStyles { get; } = ["named1", "named2", "named3", "named4", "named5", "named6"];

    /// <summary>
    /// Gives each entry the style of its family, a class of the style sheets. Families that submitters name get theirs in the order of
    /// their first entries, so that a later family does not change the marker of an earlier one.
    /// </summary>
    public static IReadOnlyList<LeaderboardEntry> AssignStyles(IReadOnlyList<LeaderboardEntry> entries)
    {
        var styles = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries.Where(e => !IsKnown(e.Family)).OrderBy(e => e.CreatedAt))
        {
            styles.TryAdd(entry.Family, NamedStyles[styles.Count % NamedStyles.Count]);
        }

        return styles.Count == 0
            ? entries
            : [.. entries.Select(e => styles.TryGetValue(e.Family, out var style) ? e with { Style = style } : e)];
    }

    /// <summary>The marker of a style as an SVG path in a 12 by 12 box, so that families differ in shape as well as in colour.</summary>
    public static string Marker(string style) =>
        style switch
        {
            "deeploc" => "M6 1 11.5 11h-11z",
            "pci" => "M1.2 1.2h9.6v9.6H1.2z",
            "vgg" => "M6 .4 11.6 6 6 11.6.4 6z",
            "texture" => "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
            "named1" => "M6 11 11.5 1h-11z",
            "named2" => "M6 .4 10.9 3.2v5.6L6 11.6 1.1 8.8V3.2z",
            "named3" => "M4.2.8h3.6v3.4h3.4v3.6H7.8v3.4H4.2V7.8H.8V4.2h3.4z",
            "named4" => "M.8 3.1 3.1.8 6 3.7 8.9.8l2.3 2.3L8.3 6l2.9 2.9-2.3 2.3L6 8.3l-2.9 2.9L.8 8.9 3.7 6z",
            "named5" => "M2.2.8 6 3.3 9.8.8v10.4L6 8.7 2.2 11.2z",
            "named6" => "M.8 2.2 3.3 6 .8 9.8h10.4L8.7 6l2.5-3.8z",
            _ => "M6 .6 7.6 4.3l4 .4-3 2.7.9 3.9L6 9.2l-3.5 2.1.9-3.9-3-2.7 4-.4z",
        };

    /// <summary>The title of a family.</summary>
    public static string Title(string family) => IsKnown(family) ? All.First(f => f.Name == family).Title : family;

    /// <summary>The position of a family in lists: the known ones in their order, then all others.</summary>
    public static int OrderOf(string family) => All.TakeWhile(f => f.Name != family).Count();

    /// <summary>Finds the family that a submitter names, which may be one of the four; without one, that of the method's name.</summary>
    public static string Find(string? named, string method) =>
        named is null ? Find(method)
        : Find(named) is not Other and var known ? known
        : string.Equals(named, Other, StringComparison.OrdinalIgnoreCase) ? Other
        : named;

    /// <summary>
    /// Finds the family of a method by the prefix of its name, as used by reported results ("VGG16 Conv4_2"), by baselines
    /// ("Texture, L1 LR") and by submitters who rerun them; <see cref="Other"/> for any other name.
    /// </summary>
    public static string Find(string method)
    {
        var known = Known().Match(method);
        return known.Success ? All.First(f => known.Groups[f.Name].Success).Name : Other;
    }

    /// <summary>Whether a family is one of <see cref="All"/>, which are their own styles.</summary>
    public static bool IsKnown(string family) => All.Any(f => f.Name == family);

    [GeneratedRegex(
        @"^\s*(?:(?<deeploc>DeepLoc)|(?<pci>PCI|paired cell inpainting)|(?<vgg>VGG[- ]?\d*)|(?<texture>Texture|Haralick))\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Known();
}
