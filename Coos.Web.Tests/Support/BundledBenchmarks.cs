namespace Coos.Web.Tests.Support;

/// <summary>
/// The bundled benchmarks without their baselines, as links in a temporary folder. Most tests count rows of their own, and importing
/// the baselines of coos-sim takes longer than all else that a server does when it starts.
/// </summary>
internal static class BundledBenchmarks
{
    private static readonly Lazy<TemporaryFolder> Links = new(Link);

    /// <summary>The folder that contains the benchmark folders.</summary>
    public static string Folder => Links.Value.Path;

    private static TemporaryFolder Link()
    {
        var links = new TemporaryFolder();
        foreach (var benchmark in Directory.EnumerateDirectories(Path.Combine(Checkout.Folder, "benchmarks")))
        {
            var copy = Directory.CreateDirectory(Path.Combine(links.Path, Path.GetFileName(benchmark))).FullName;
            foreach (var item in Directory.EnumerateFileSystemEntries(benchmark).Where(i => Path.GetFileName(i) != "baselines"))
            {
                var link = Path.Combine(copy, Path.GetFileName(item));
                _ = Directory.Exists(item) ? Directory.CreateSymbolicLink(link, item) : File.CreateSymbolicLink(link, item);
            }
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => links.Dispose();
        return links;
    }
}
