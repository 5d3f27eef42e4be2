namespace Coos.Shared.Tests;

/// <summary>Data that lies beside the checkout and is not part of it; tests that need it are skipped where it is missing.</summary>
internal static class SharedData
{
    public static string Yeast5()
    {
        var path = Path.Combine(Root() ?? "", "data", "yeast5");
        Assert.SkipUnless(Directory.Exists(path), "shared/data/yeast5 is not beside the checkout, and COOS_SHARED does not say where it is");
        return path;
    }

    private static string? Root()
    {
        if (Environment.GetEnvironmentVariable("COOS_SHARED") is { Length: > 0 } named)
        {
            return named;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Coos.sln")))
            {
                return Path.Combine(folder.Parent!.FullName, "shared");
            }
        }

        return null;
    }
}
