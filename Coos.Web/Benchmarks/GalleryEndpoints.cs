using Coos.Server.Benchmarks;
using Coos.Server.Images;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Benchmarks;

/// <summary>Serves the sample images of a benchmark's classes.</summary>
internal static class GalleryEndpoints
{
    /// <summary>The path of a sample image.</summary>
    public static string Path(string slug, string split, int classIndex, bool composite) =>
        $"/benchmarks/{slug}/gallery/{split}/{classIndex}/{(composite ? "composite" : "protein")}.png";

    public static void MapGallery(this WebApplication app) =>
        app.MapGet("/benchmarks/{slug}/gallery/{split}/{classIndex:int}/{channel:regex(^(protein|composite)$)}.png", Get)
            .ExcludeFromDescription();

    /// <summary>The path only selects among the splits and classes of the manifest, so it cannot reach any other file.</summary>
    private static Results<PhysicalFileHttpResult, NotFound> Get(
        string slug,
        string split,
        int classIndex,
        string channel,
        BenchmarkCatalog catalog,
        GalleryStore store,
        HttpResponse response
    )
    {
        var file =
            catalog.TryGet(slug, out var folder)
            && folder.Benchmark.FindSplit(split) is { } known
            && classIndex >= 0
            && classIndex < folder.Benchmark.Classes.Count
                ? store.Find(folder, known.Name, classIndex, channel == "composite")
                : null;
        if (file is null)
        {
            return TypedResults.NotFound();
        }

        response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.PhysicalFile(file, "image/png", lastModified: File.GetLastWriteTimeUtc(file));
    }
}
