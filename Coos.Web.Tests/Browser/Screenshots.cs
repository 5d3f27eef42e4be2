namespace Coos.Web.Tests.Browser;

/// <summary>Saves screenshots of pages for review in <c>artifacts/screenshots</c> of the checkout.</summary>
internal static class Screenshots
{
    private static readonly string Folder = Path.Combine(Checkout.Folder, "artifacts", "screenshots");

    public static void Save(byte[] picture, string name)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(Path.Combine(Folder, name.Length > 4 && !name.StartsWith('-') ? name : "leaderboard" + name), picture);
    }

    /// <summary>Updates a screenshot of the documentation if COOS_UPDATE_PICTURES is set.</summary>
    public static void UpdateDocumentation(byte[] picture, string name)
    {
        if (Environment.GetEnvironmentVariable("COOS_UPDATE_PICTURES") is { Length: > 0 })
        {
            File.WriteAllBytes(Path.Combine(Checkout.Folder, "docs", "images", name), picture);
        }
    }
}
