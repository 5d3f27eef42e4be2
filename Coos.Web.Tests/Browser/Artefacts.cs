namespace Coos.Web.Tests.Browser;

/// <summary>Keeps pictures of pages in <c>artifacts/screenshots</c> of the checkout, for people to look at.</summary>
internal static class Artefacts
{
    private static readonly string Folder = Path.Combine(Checkout.Folder, "artifacts", "screenshots");

    public static void Keep(byte[] picture, string name)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(Path.Combine(Folder, name.Length > 4 && !name.StartsWith('-') ? name : "leaderboard" + name), picture);
    }

    /// <summary>Renews a picture of the documentation, where COOS_UPDATE_PICTURES asks for that.</summary>
    public static void Publish(byte[] picture, string name)
    {
        if (Environment.GetEnvironmentVariable("COOS_UPDATE_PICTURES") is { Length: > 0 })
        {
            File.WriteAllBytes(Path.Combine(Checkout.Folder, "docs", "images", name), picture);
        }
    }
}
