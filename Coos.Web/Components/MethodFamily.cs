namespace Coos.Web.Components;

/// <summary>The paper's four families of baselines, told apart by colour and marker.</summary>
internal static class MethodFamily
{
    private static readonly (string Start, string Family)[] Known =
        [("DeepLoc", "deeploc"), ("PCI", "pci"), ("VGG", "vgg"), ("Texture", "texture")];

    /// <summary>The family of some features, <c>other</c> where they are of none.</summary>
    public static string Of(string? features) =>
        Known.FirstOrDefault(f => features?.StartsWith(f.Start, StringComparison.OrdinalIgnoreCase) == true).Family ?? "other";
}
