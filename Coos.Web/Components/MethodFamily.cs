namespace Coos.Web.Components;

/// <summary>The paper's four families of baselines, told apart by colour and marker.</summary>
internal static class MethodFamily
{
    private static readonly (string Start, string Family)[] Known =
        [("DeepLoc", "deeploc"), ("PCI", "pci"), ("VGG", "vgg"), ("Texture", "texture")];

    /// <summary>The marker of a family as an SVG path in a box of 12 by 12: shape and colour, so that neither alone is needed.</summary>
    public static string Marker(string family) => family switch
    {
        "deeploc" => "M6 1 11.5 11h-11z",
        "pci" => "M1.2 1.2h9.6v9.6H1.2z",
        "vgg" => "M6 .4 11.6 6 6 11.6.4 6z",
        "texture" => "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
        _ => "M6 .6 7.6 4.3l4 .4-3 2.7.9 3.9L6 9.2l-3.5 2.1.9-3.9-3-2.7 4-.4z",
    };

    /// <summary>The family of some features, <c>other</c> where they are of none.</summary>
    public static string Of(string? features) =>
        Known.FirstOrDefault(f => features?.StartsWith(f.Start, StringComparison.OrdinalIgnoreCase) == true).Family ?? "other";
}
