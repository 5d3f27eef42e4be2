using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>Real files that are not part of the repository; tests that need them skip where they are missing.</summary>
internal static class SharedFolder
{
    /// <summary>The folder: COOS_SHARED, or <c>shared</c> beside the checkout.</summary>
    private static readonly string Path = Environment.GetEnvironmentVariable("COOS_SHARED") is { Length: > 0 } named
        ? named
        : System.IO.Path.Combine(Checkout.Folder, "..", "shared");

    /// <summary>The folder of the yeast5 benchmark with predictions and scikit-learn's scores; skips the test where it is missing.</summary>
    public static string RequireYeast()
    {
        var folder = System.IO.Path.Combine(Path, "data", "yeast5");
        if (!Directory.Exists(folder))
        {
            Assert.Skip("shared/data/yeast5 is missing: set COOS_SHARED or put the folder beside the checkout");
        }

        return folder;
    }

    /// <summary>Copies manifest and labels of yeast5, where there are any.</summary>
    public static void CopyYeast(string target)
    {
        var source = System.IO.Path.Combine(Path, "data", "yeast5");
        if (!Directory.Exists(source))
        {
            return;
        }

        Directory.CreateDirectory(System.IO.Path.Combine(target, "labels"));
        File.Copy(System.IO.Path.Combine(source, "benchmark.json"), System.IO.Path.Combine(target, "benchmark.json"));
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.Combine(source, "labels")))
        {
            File.Copy(file, System.IO.Path.Combine(target, "labels", System.IO.Path.GetFileName(file)));
        }
    }
}
