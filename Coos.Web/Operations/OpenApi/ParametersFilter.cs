using System.Text.Json.Nodes;
using Coos.Server.Benchmarks;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Coos.Web.Operations.OpenApi;

/// <summary>Adds descriptions and examples to path parameters that many operations share.</summary>
internal sealed class ParametersFilter(BenchmarkCatalog catalog) : IOperationFilter
{
    private const string ExampleId = "0199f0c2-7b00-7aaa-8bbb-1c1c1c1c1c1c";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            var (description, example) = parameter.Name switch
            {
                "slug" => ("The benchmark's slug, as in the address of its page.", catalog.All[0].Benchmark.Slug),
                "id" => ("The id of a submission or of a reported result. Responses contain it in `links`.", ExampleId),
                "account" => ("The id of an account, as in the list of participants.", ExampleId),
                "name" => ("The name of a method in addresses, as in `links` of the list of methods.", "texture-rf-d20a30"),
                "true" => ("The index or name of a true class, whose images alone are counted; all classes by default.", null),
                "plate" => ("The name of the plate that the figure shows; the first plate by default.", null),
                "with" => ("The id of another submission of the benchmark, for the differences from it.", null),
                "image" => ("The id of an image of the split, and `.png` or `.tif`. A slash in an id may be encoded.", "0.png"),
                "predicted" => ("The index or name of a predicted class, whose images alone are listed; all classes by default.", null),
                "page" => ("The page of the list, from 1; each has 60 images.", null),
                "order" => ("hardest (the default): those first that most entries get wrong; or id.", null),
                "channels" => ("composite (the default): the first two in colour; or up to three names or numbers from 1.", null),
                "contrast" => ("How much earlier full brightness is reached, 0.25 to 8; 1 by default.", null),
                "split" => ("The name of a split of the benchmark.", "test1"),
                _ => (null, null),
            };
            parameter.Description ??= description;
            parameter.Example ??= example is null ? null : JsonValue.Create(example);
        }
    }
}
