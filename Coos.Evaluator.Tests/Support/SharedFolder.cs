namespace Coos.Evaluator.Tests.Support;

/// <summary>
/// Finds the files that are used for tests and not part of the project: in the folder that COOS_SHARED names, else in a
/// folder <c>shared</c> beside the checkout. A test that needs one is skipped where it is not there.
/// </summary>
internal static class SharedFolder
{
    /// <summary>The path of a file or folder below the shared folder.</summary>
    public static string Require(params string[] parts)
    {
        var path = Path.Combine([Root(), .. parts]);
        if (!Path.Exists(path))
        {
            Assert.Skip($"{path} is not there; set COOS_SHARED to the folder that holds {Path.Combine(parts)}");
        }

        return path;
    }

    private static string Root() =>
        Environment.GetEnvironmentVariable("COOS_SHARED") is { Length: > 0 } named
            ? named
            : Path.Combine(Checkout.Root, "..", "shared");
}
