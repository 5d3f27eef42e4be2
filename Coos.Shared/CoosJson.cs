using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Coos.Shared.Predictions;

namespace Coos.Shared;

/// <summary>The one way in which COOS writes and reads JSON: camelCase, enums as camelCase words, unknown values left out.</summary>
public static class CoosJson
{
    /// <summary>The options, shared by server, pages and command line, so that equal reports are equal bytes.</summary>
    public static JsonSerializerOptions Options { get; } = Freeze(Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web)));

    /// <summary>Sets other options to the same.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;

        // Class names such as "β-Tubulin" stay readable; everything that HTML could take amiss is still escaped.
        options.Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

        // Options outweigh the converter that a type names, so the exception comes first.
        options.Converters.Add(new ProblemCodeConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }

    private static JsonSerializerOptions Freeze(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
