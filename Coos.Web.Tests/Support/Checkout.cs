namespace Coos.Web.Tests.Support;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Checkout
{
    /// <summary>The folder of Coos.sln.</summary>
    public static string Folder { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Coos.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from a checkout.");
        }

        return folder.FullName;
    }
}
