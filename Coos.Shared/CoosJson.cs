using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Coos.Shared.Predictions;

namespace Coos.Shared;

/// <summary>The JSON settings of COOS: camelCase names, enums as camelCase words, null values left out.</summary>
public static class CoosJson
{
    /// <summary>The options that server, pages and command line share, so that equal reports are equal bytes.</summary>
    public static JsonSerializerOptions Options { get; } = Freeze(Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web)));

    /// <summary>Applies the same settings to other options.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;

        // Class names such as "β-Tubulin" stay readable; characters with a meaning in HTML are still escaped.
        options.Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

        // Converters in the options override the converter attribute of a type, so the special case comes first.
        options.Converters.Add(new ProblemCodeConverter());
        options.Converters.Add(new PositiveZeroConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }

    private static JsonSerializerOptions Freeze(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
