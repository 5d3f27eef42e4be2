using Xunit;

namespace Coos.Testing;

/// <summary>
/// Test files outside the repository, in the folder that COOS_SHARED names, or else in <c>shared</c> next to the checkout. Tests
/// that need a missing file are skipped.
/// </summary>
public static class SharedFolder
{
    /// <summary>Returns the path of a file or folder in the shared folder; skips the running test if it is missing.</summary>
    /// <exception cref="InvalidOperationException">No test is running.</exception>
    public static string Require(params string[] parts)
    {
        // A skip works only in a test. In a fixture or a list of cases it fails all tests, but only on machines without the folder.
        if (TestContext.Current.Test is null)
        {
            throw new InvalidOperationException(
                $"{nameof(SharedFolder)}.{nameof(Require)} was called outside a test. "
                    + "A fixture calls it later, when a test asks for the data."
            );
        }

        var path = PathOf(parts);
        Assert.SkipUnless(
            Path.Exists(path),
            $"{path} is missing: set COOS_SHARED to a folder that holds {Path.Combine(parts)}, "
                + "or put it into `shared` next to the checkout"
        );
        return path;
    }

    /// <summary>Returns the folder of yeast5 with predictions and scikit-learn's scores; skips the running test if it is missing.</summary>
    public static string RequireYeast() => Require("data", "yeast5");

    /// <summary>Copies the manifest and the labels of yeast5 to a new benchmark folder; does nothing if they are missing.</summary>
    public static void CopyYeast(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var source = PathOf("data", "yeast5");
        if (!Directory.Exists(source))
        {
            return;
        }

        Directory.CreateDirectory(Path.Combine(target, "labels"));
        File.Copy(Path.Combine(source, "benchmark.json"), Path.Combine(target, "benchmark.json"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(source, "labels")))
        {
            File.Copy(file, Path.Combine(target, "labels", Path.GetFileName(file)));
        }
    }

    private static string PathOf(params string[] parts)
    {
        var root = Environment.GetEnvironmentVariable("COOS_SHARED") is { Length: > 0 } named
            ? named
            : Path.Combine(Path.GetDirectoryName(Checkout.Folder) ?? "", "shared");
        return Path.Combine([root, .. parts]);
    }
}
