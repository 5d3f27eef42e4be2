namespace Coos.Server.Configuration;

/// <summary>Finds the files that are shipped with the server.</summary>
internal static class Locations
{
    /// <summary>
    /// The folder that contains <c>benchmarks/</c> and, by default, <c>data/</c>: the checkout if the server runs from one, so
    /// that labels added there are found; otherwise the folder the server was published to.
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
