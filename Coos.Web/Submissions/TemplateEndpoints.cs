using Coos.Server.Benchmarks;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Coos.Web.Submissions;

/// <summary>Serves the prediction templates.</summary>
internal static class TemplateEndpoints
{
    public static void MapTemplates(this WebApplication app)
    {
        var templates = app.MapGroup("/benchmarks/{slug}")
            .ExcludeFromDescription()
            .WithMetadata(new ExpensiveAttribute())
            .CacheOutput(TemplateCachePolicy.Name);
        templates.MapGet("/template/{split}.csv", GetOne);
        templates.MapGet("/template.zip", GetAll);
    }

    private static Results<FileContentHttpResult, NotFound> GetOne(
        string slug,
        string split,
        BenchmarkCatalog catalog,
        LabelStore labels,
        bool probabilities = false
    )
    {
        if (!catalog.TryGet(slug, out var folder) || !labels.TryGet(slug, split, out var active))
        {
            return TypedResults.NotFound();
        }

        var images = active.Labels.Images;
        return TypedResults.File(
            PredictionTemplate.Write(images, folder.Benchmark.Classes.Count, probabilities),
            "text/csv; charset=utf-8",
            $"{slug}-{split}.csv",
            entityTag: Tag(images.ContentHash, probabilities)
        );
    }

    private static Results<FileContentHttpResult, NotFound> GetAll(
        string slug,
        BenchmarkCatalog catalog,
        LabelStore labels,
        bool probabilities = false
    )
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return TypedResults.NotFound();
        }

        var templates = new List<(string Split, byte[] Content)>();
        foreach (var split in folder.Benchmark.Splits)
        {
            if (split.Role != SplitRole.Training && labels.TryGet(slug, split.Name, out var active))
            {
                templates.Add((split.Name, PredictionTemplate.Write(active.Labels.Images, folder.Benchmark.Classes.Count, probabilities)));
            }
        }

        var zip = PredictionTemplate.Zip(templates);
        return templates.Count == 0
            ? TypedResults.NotFound()
            : TypedResults.File(
                zip,
                "application/zip",
                $"{slug}-template.zip",
                entityTag: Tag(System.Security.Cryptography.SHA256.HashData(zip), probabilities)
            );
    }

    private static EntityTagHeaderValue Tag(ReadOnlySpan<byte> hash, bool probabilities) =>
        new($"\"{Convert.ToHexStringLower(hash[..12])}{(probabilities ? "p" : "")}\"");
}
