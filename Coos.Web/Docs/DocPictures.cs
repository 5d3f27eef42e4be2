using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Docs;

/// <summary>Serves the images of the documentation, embedded when the server was built.</summary>
internal static class DocPictures
{
    // The prefix of the resource names in the project file.
    private const string Prefix = "DocPictures.";

    public static void MapDocPictures(this WebApplication app)
    {
        app.MapGet("/docs/images/{name}.svg", (string name, HttpResponse response) => Get(name + ".svg", "image/svg+xml", response))
            .ExcludeFromDescription();
        app.MapGet("/docs/images/{name}.png", (string name, HttpResponse response) => Get(name + ".png", "image/png", response))
            .ExcludeFromDescription();
    }

    private static Results<FileStreamHttpResult, NotFound> Get(string file, string type, HttpResponse response)
    {
        if (typeof(DocPictures).Assembly.GetManifestResourceStream(Prefix + file) is not { } picture)
        {
            return TypedResults.NotFound();
        }

        response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.Stream(picture, type);
    }
}
