namespace Coos.Server.Configuration;

/// <summary>Where the files that come with the server are.</summary>
internal static class Locations
{
    /// <summary>
    /// The folder that holds <c>benchmarks/</c> and, by default, <c>data/</c>: the checkout where the server runs from
    /// one, so that labels dropped there are found; else the folder it was published to.
    /// </summary>
    public static string Root { get; } = FindCheckout() ?? AppContext.BaseDirectory;

    private static string? FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Coos.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
