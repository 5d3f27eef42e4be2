using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Coos.Shared.Benchmarks;

namespace Coos.Web.Baselines;

/// <summary>Formats the contents of run.json for pages.</summary>
internal static partial class RunFacts
{
    private const int MaximumDepth = 4;

    /// <summary>
    /// The options, with their names as words (<c>maxFeatures</c> becomes max features). A nested option has the name of its
    /// parent as a prefix.
    /// </summary>
    public static IEnumerable<(string Name, string Value)> Options(BaselineRun run) =>
        run.Options is { ValueKind: JsonValueKind.Object } options ? Flatten(options, "", MaximumDepth) : [];

    /// <summary>Formats a duration with one decimal: in seconds below two minutes, else in minutes.</summary>
    public static string Duration(double seconds) =>
        seconds < 120
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.0} min");

    private static IEnumerable<(string Name, string Value)> Flatten(JsonElement options, string prefix, int depth)
    {
        foreach (var option in options.EnumerateObject())
        {
            if (option.Value.ValueKind == JsonValueKind.Object && depth > 1)
            {
                foreach (var inner in Flatten(option.Value, $"{prefix}{InWords(option.Name)} ", depth - 1))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return (
                    prefix + InWords(option.Name),
                    option.Value.ValueKind == JsonValueKind.Null ? "none" : option.Value.ToString()
                );
            }
        }
    }

    private static string InWords(string name) => StartOfWord().Replace(name, m => $" {char.ToLowerInvariant(m.Value[0])}");

    [GeneratedRegex("(?<=[a-z0-9])[A-Z](?![A-Z])")]
    private static partial Regex StartOfWord();
}
