namespace Coos.Testing;

/// <summary>The checkout that the running program was built in.</summary>
public static class Checkout
{
    private const string Solution = "Coos.sln";

    private static readonly string? Found = Find(AppContext.BaseDirectory);

    /// <summary>The folder of Coos.sln.</summary>
    /// <exception cref="InvalidOperationException">The program does not run from a checkout.</exception>
    public static string Folder =>
        Found
        ?? throw new InvalidOperationException(
            $"No folder above {AppContext.BaseDirectory} holds {Solution}: run from the folder that the build wrote to"
        );

    /// <summary>The folder of the simulated benchmark.</summary>
    public static string CoosSim => Path.Combine(Folder, "benchmarks", "coos-sim");

    private static string? Find(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, Solution)))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
