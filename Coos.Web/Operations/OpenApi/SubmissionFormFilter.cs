using Coos.Server.Benchmarks;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Coos.Web.Operations.OpenApi;

/// <summary>Describes the multipart form of a submission, which the handler parses itself to enforce the upload limit.</summary>
internal sealed class SubmissionFormFilter(BenchmarkCatalog catalog) : IOperationFilter
{
    private const string MediaType = "multipart/form-data";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.OperationId is not ("PostSubmission" or "ValidateSubmission"))
        {
            return;
        }

        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description =
                "One of three forms: one file part per split, named like the split; "
                + "one part `predictions` with a zip of `<split>.csv` files (or .npy, .npz, .parquet); "
                + "or one part `predictions` with a single file, and a field `split`. "
                + "Files are CSV (also .gz) or Parquet with columns `image_id,label` and optionally `p0` to `p{K-1}`, "
                + "or NumPy arrays: `.npy`, or `.npz` with `image_id`, `label`, `probabilities` or `logits`.",
            Content = new Dictionary<string, IOpenApiMediaType> { [MediaType] = new OpenApiMediaType { Schema = Form() } },
        };
    }

    private OpenApiSchema Form()
    {
        var properties = new Dictionary<string, IOpenApiSchema>
        {
            ["benchmark"] = Text("The benchmark's slug", catalog.All[0].Benchmark.Slug),
            ["method"] = Text("The method's name, 1 to 100 characters of plain text", "ResNet-18, plate-wise normalisation"),
            ["submitter"] = Text("Your name or team, 1 to 100 characters; required without an account, ignored with one", "Example Lab"),
            ["description"] = Text("A description of the method, up to 4,000 characters", null),
            ["paperUrl"] = Text("The URL of its paper", "https://doi.org/10.48550/arXiv.1906.07282"),
            ["codeUrl"] = Text("The URL of its code", null),
            ["externalData"] = Text("true if data other than the training split was used", "false"),
            ["run"] = Text("The run of the method, usually the seed, 1 to 40 characters; three or more runs make a method", "1"),
            ["family"] = Text("The family of the method, up to 40 characters; it chooses the marker in charts", "ResNet"),
            ["pretraining"] = Text("The data of the pretraining, up to 100 characters; none for none", "ImageNet-1k"),
            ["trainingImages"] = Text("The number of training images, without pretraining", "4146"),
            ["ensemble"] = Text("true if the predictions are of several trained models together", "false"),
            ["testTimeAdaptation"] = Text("true if the model was adapted to the test images, without their labels", "false"),
            ["tunedOn"] = Text("The data that the options were chosen on: training, reference or other", "training"),
            ["parameters"] = Text("The number of trained parameters", "11000000"),
            ["visibility"] = Text("public (default) or private", "public"),
            ["split"] = Text("The split of the file in `predictions`; only if that is a single file", null),
            ["upload"] = Text("The id of an upload, in place of its file; may be repeated", null),
        };
        foreach (var split in catalog.All.SelectMany(f => f.Benchmark.TestSplits).Select(s => s.Name).Distinct())
        {
            properties[split] = File($"The predictions of {split}");
        }

        properties["predictions"] = File("A zip of `<split>.csv` files, or one file with `split`");
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = properties,
            Required = new HashSet<string> { "benchmark", "method" },
        };
    }

    private static OpenApiSchema Text(string description, string? example) =>
        new()
        {
            Type = JsonSchemaType.String,
            Description = description,
            Examples = example is null ? null : [System.Text.Json.Nodes.JsonValue.Create(example)],
        };

    private static OpenApiSchema File(string description) =>
        new()
        {
            Type = JsonSchemaType.String,
            Format = "binary",
            Description = description,
        };
}
