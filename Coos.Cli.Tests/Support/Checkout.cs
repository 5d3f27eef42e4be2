namespace Coos.Cli.Tests.Support;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Checkout
{
    /// <summary>The folder of the simulated benchmark.</summary>
    public static string CoosSim => Path.Combine(Find(), "benchmarks", "coos-sim");

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
