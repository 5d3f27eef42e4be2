using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Coos.Shared.Benchmarks;
using Coos.Web.Components;

namespace Coos.Web.Discovery;

/// <summary>A benchmark as schema.org's Dataset, for dataset search engines. Says only what the manifest says.</summary>
internal static partial class StructuredData
{
    /// <summary>The script element that holds it. Not run by browsers, so a content security policy lets it be.</summary>
    public static string Script(Benchmark benchmark, HttpRequest request) =>
        $"<script type=\"application/ld+json\">{Describe(benchmark, request.AbsoluteAddress).ToJsonString(JsonSerializerOptions.Default)}</script>";

    /// <summary>The description. The default encoder writes &lt; and &gt; as escapes, so no text can end the element.</summary>
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
            ["measurementTechnique"] = "class-balanced classification error under covariate shift",
            ["variableMeasured"] = new JsonArray([.. benchmark.TestSplits.Select(s => JsonValue.Create($"balanced error on {s.Title}"))]),
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

        // A paper about data, or about what they imitate, does not say who made them.
        var made = cited is { IsDataset: true } ? cited : null;
        Add("creator", made is { Authors.Count: > 0 } ? new JsonArray([.. made.Authors.Select(Describe)]) : null);
        Add("datePublished", made?.Date);
        Add("identifier", made?.Doi is { } doi ? $"https://doi.org/{doi}" : null);
        return data;

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                data[name] = value;
            }
        }
    }

    /// <summary>Search engines want at least 50 characters; what is in the data is worth that much.</summary>
    private static string DescriptionOf(Benchmark benchmark)
    {
        var tests = benchmark.TestSplits.Select(s => s.Shift.Length > 0 ? $"{s.Title} ({s.Shift})" : s.Title);
        return $"{benchmark.Summary} {benchmark.Classes.Count} classes: {string.Join(", ", benchmark.Classes.Select(c => c.Name))}. Test sets: {string.Join(", ", tests)}.";
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

    /// <summary>The page of an SPDX licence; other licences have no address and are named.</summary>
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
