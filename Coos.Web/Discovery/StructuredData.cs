using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Coos.Shared.Benchmarks;
using Coos.Web.Components;

namespace Coos.Web.Discovery;

/// <summary>Describes a benchmark as a schema.org Dataset for search engines, using only data of the manifest.</summary>
internal static partial class StructuredData
{
    /// <summary>The script element with the description. It is data, not code, so the content security policy allows it.</summary>
    public static string Script(Benchmark benchmark, HttpRequest request)
    {
        var json = Describe(benchmark, request.AbsoluteAddress).ToJsonString(JsonSerializerOptions.Default);
        return $"<script type=\"application/ld+json\">{json}</script>";
    }

    /// <summary>The description. The default encoder escapes &lt; and &gt;, so no text can close the script element.</summary>
    public static JsonObject Describe(Benchmark benchmark, Func<string, string> addressOf)
    {
        var cited = BibTexReader.Read(benchmark.Citation);
        var data = new JsonObject
        {
            ["@context"] = "https://schema.org/",
            ["@type"] = "Dataset",
            ["name"] = benchmark.Name,
            ["description"] = DescriptionOf(benchmark),
            ["url"] = addressOf(Addresses.Data(benchmark)),
            ["measurementTechnique"] = benchmark.Ranking.IsByBalancedError
                ? "class-balanced classification error under covariate shift"
                : $"{benchmark.Ranking.Info.Title} of classification under covariate shift",
            ["variableMeasured"] = new JsonArray([
                .. benchmark.TestSplits.Select(s => JsonValue.Create($"{benchmark.Ranking.Info.Title} on {s.Title}")),
            ]),
            ["keywords"] = new JsonArray("image classification", "out-of-sample generalisation", "covariate shift", "benchmark"),
            ["includedInDataCatalog"] = new JsonObject
            {
                ["@type"] = "DataCatalog",
                ["name"] = "COOS",
                ["url"] = addressOf("/"),
            },
        };
        Add("license", LicenceOf(benchmark.License));
        Add("sameAs", benchmark.Homepage?.ToString());
        Add("citation", cited?.Line());

        // The authors of a paper about a dataset did not necessarily create the dataset.
        var dataset = cited is { IsDataset: true } ? cited : null;
        Add("creator", dataset is { Authors.Count: > 0 } ? new JsonArray([.. dataset.Authors.Select(Describe)]) : null);
        Add("datePublished", dataset?.Date);
        Add("identifier", dataset?.Doi is { } doi ? $"https://doi.org/{doi}" : null);
        return data;

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                data[name] = value;
            }
        }
    }

    /// <summary>The summary, the classes and the test sets. Search engines require at least 50 characters.</summary>
    private static string DescriptionOf(Benchmark benchmark)
    {
        var tests = benchmark.TestSplits.Select(s => s.Shift.Length > 0 ? $"{s.Title} ({s.Shift})" : s.Title);
        return $"{benchmark.Summary} {benchmark.Classes.Count} classes: {string.Join(", ", benchmark.Classes.Select(c => c.Name))}. "
            + $"Test sets: {string.Join(", ", tests)}.";
    }

    private static JsonNode Describe(CitedAuthor author)
    {
        var person = new JsonObject { ["@type"] = author.Family is null ? "Organization" : "Person", ["name"] = author.Name };
        if (author is { Family: { } family, Given: { } given })
        {
            person["givenName"] = given;
            person["familyName"] = family;
        }

        return person;
    }

    /// <summary>The URL of the licence, or of its SPDX page; other licences are given by name.</summary>
    private static JsonNode? LicenceOf(string licence) =>
        licence switch
        {
            "" => null,
            _ when Uri.TryCreate(licence, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps => licence,
            _ when SpdxId().IsMatch(licence) => $"https://spdx.org/licenses/{licence}.html",
            _ => new JsonObject { ["@type"] = "CreativeWork", ["name"] = licence },
        };

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9.+-]*$")]
    private static partial Regex SpdxId();
}
