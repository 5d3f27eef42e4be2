using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>
/// Compares complete JSON documents, without additional properties. Numbers may differ by 1e-12. A placeholder such as
/// <c>"{id}"</c> stands for a value that is not known in advance and must have its format.
/// </summary>
internal static partial class JsonShape
{
    public static void AssertMatches(string expected, JsonNode? actual) =>
        Compare(JsonNode.Parse(expected), actual, "$", actual?.ToJsonString() ?? "null");

    private static void Compare(JsonNode? expected, JsonNode? actual, string path, string whole)
    {
        switch (expected, actual)
        {
            case (JsonObject want, JsonObject have):
                AssertThat(
                    want.Select(p => p.Key).Order().SequenceEqual(have.Select(p => p.Key).Order()),
                    path,
                    $"properties {string.Join(", ", want.Select(p => p.Key))}",
                    whole
                );
                foreach (var (name, value) in want)
                {
                    Compare(value, have[name], $"{path}.{name}", whole);
                }

                break;
            case (JsonArray want, JsonArray have):
                AssertThat(want.Count == have.Count, path, $"{want.Count} items", whole);
                for (var i = 0; i < want.Count; i++)
                {
                    Compare(want[i], have[i], $"{path}[{i}]", whole);
                }

                break;
            default:
                AssertThat(IsSame(expected, actual), path, expected?.ToJsonString() ?? "null", whole);
                break;
        }
    }

    private static bool IsSame(JsonNode? expected, JsonNode? actual) =>
        (expected?.GetValueKind(), actual?.GetValueKind()) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => Math.Abs(expected!.GetValue<double>() - actual!.GetValue<double>()) <= 1e-12,
            (JsonValueKind.String, JsonValueKind.String) => IsSame(expected!.GetValue<string>(), actual!.GetValue<string>()),
            _ => JsonNode.DeepEquals(expected, actual),
        };

    private static bool IsSame(string expected, string actual) =>
        expected switch
        {
            "{id}" => Guid.TryParseExact(actual, "D", out _),
            "{time}" => Time().IsMatch(actual),
            "{hash}" => Hash().IsMatch(actual),
            "{trace}" => Trace().IsMatch(actual),
            _ => expected == actual,
        };

    private static void AssertThat(bool condition, string path, string expected, string whole) =>
        Assert.True(condition, $"{path}: expected {expected} in\n{whole}");

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?Z$")]
    private static partial Regex Time();

    [GeneratedRegex("^sha256:[0-9a-f]{64}$")]
    private static partial Regex Hash();

    [GeneratedRegex("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$")]
    private static partial Regex Trace();
}
