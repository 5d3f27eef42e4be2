using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coos.Shared.Predictions;

/// <summary>Writes problem codes to JSON in kebab case, as the contract spells them.</summary>
public sealed class ProblemCodeConverter()
    : JsonStringEnumConverter<ProblemCode>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
{
    private static readonly string[] Texts = [.. Enum.GetNames<ProblemCode>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>The code as users read it, for example <c>unknown-image</c>.</summary>
    public static string Text(ProblemCode code) => Texts[(int)code];
}
