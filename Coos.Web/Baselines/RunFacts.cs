using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Coos.Shared.Benchmarks;

namespace Coos.Web.Baselines;

/// <summary>run.json as lines of text.</summary>
internal static partial class RunFacts
{
    private const int MaximumDepth = 4;

    /// <summary>The options by name in words (<c>maxFeatures</c> is max features), those inside others with both names.</summary>
    public static IEnumerable<(string Name, string Value)> Options(BaselineRun run) =>
        run.Options is { ValueKind: JsonValueKind.Object } options ? Flatten(options, "", MaximumDepth) : [];

    /// <summary>A duration for people: seconds with a digit, minutes from two minutes on.</summary>
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
