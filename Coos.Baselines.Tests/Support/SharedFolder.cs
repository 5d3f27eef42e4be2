namespace Coos.Baselines.Tests.Support;

/// <summary>Files that tests use and the project does not hold, in the folder that COOS_SHARED names, else in <c>shared</c> beside the checkout.</summary>
internal static class SharedFolder
{
    public static string Require(params string[] parts)
    {
        var path = Path.Combine([Root(), .. parts]);
        Assert.SkipUnless(Path.Exists(path), $"{path} is not there; set COOS_SHARED to the folder that holds {Path.Combine(parts)}");
        return path;
    }

    private static string Root()
    {
        if (Environment.GetEnvironmentVariable("COOS_SHARED") is { Length: > 0 } named)
        {
            return named;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Coos.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.Parent?.FullName ?? "", "shared");
    }
}
