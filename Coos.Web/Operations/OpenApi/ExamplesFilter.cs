using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Coos.Web.Operations.OpenApi;

/// <summary>
/// Adds the files of the folder Examples to the responses of each operation. A file is named
/// <c>Operation[+Operation].status.what.json</c> (or .csv).
/// </summary>
internal sealed class ExamplesFilter : IOperationFilter
{
    private const string Folder = "Examples.";

    private static readonly Example[] All = [.. ReadAll()];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var example in All.Where(e => e.Operations.Contains(operation.OperationId)))
        {
            if (operation.Responses?.TryGetValue(example.Status, out var response) == true && response.Content is { } content)
            {
                foreach (var media in content.Values.OfType<OpenApiMediaType>())
                {
                    media.Examples ??= new Dictionary<string, IOpenApiExample>();
                    media.Examples[example.Name] = new OpenApiExample { Summary = example.Name, Value = example.Value.DeepClone() };
                }
            }
        }
    }

    private static IEnumerable<Example> ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (
            var resource in assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var text = reader.ReadToEnd();
            var parts = resource[Folder.Length..].Split('.');
            var value = parts[^1] == "json" ? JsonNode.Parse(text)! : JsonValue.Create(text);
            yield return new Example(parts[0].Split('+'), parts[1], parts[2].Replace('-', ' '), value);
        }
    }

    private sealed record Example(string[] Operations, string Status, string Name, JsonNode Value);
}
