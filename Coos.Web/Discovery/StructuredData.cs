using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Coos.Shared.Benchmarks;
using Coos.Web.Components;

namespace Coos.Web.Discovery;

/// <summary>A benchmark as schema.org's Dataset, for dataset search engines.</summary>
internal static partial class StructuredData
{
    /// <summary>The script element that holds it. Not run by browsers, so a content security policy lets it be.</summary>
    public static string Script(Benchmark benchmark, HttpRequest request) =>
        $"<script type=\"application/ld+json\">{Describe(benchmark, request).ToJsonString(JsonSerializerOptions.Default)}</script>";

    /// <summary>The description. The default encoder writes &lt; and &gt; as escapes, so no text can end the element.</summary>
    public static JsonObject Describe(Benchmark benchmark, HttpRequest request)
    {
        var data = new JsonObject
        {
            ["@context"] = "https://schema.org/",
            ["@type"] = "Dataset",
            ["name"] = benchmark.Name,
            ["description"] = benchmark.Summary,
            ["url"] = request.AbsoluteAddress(Addresses.Data(benchmark)),
            ["measurementTechnique"] = "class-balanced classification error under covariate shift",
            ["variableMeasured"] = new JsonArray([.. benchmark.TestSplits.Select(s => JsonValue.Create($"balanced error on {s.Title}"))]),
            ["isAccessibleForFree"] = true,
        };
        Add("license", benchmark.License.Length > 0 ? LicenceAddress(benchmark.License) : null);
        Add("sameAs", benchmark.Homepage?.ToString());
        Add("citation", Title().Match(benchmark.Citation) is { Success: true } title ? title.Groups["title"].Value.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal) : null);
        return data;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                data[name] = value;
            }
        }
    }

    /// <summary>The page of an SPDX licence name.</summary>
    private static string LicenceAddress(string licence) => $"https://spdx.org/licenses/{Uri.EscapeDataString(licence)}.html";

    /// <summary>The title field of a BibTeX entry, braces for capitals included.</summary>
    [GeneratedRegex(@"^\s*title\s*=\s*\{(?<title>.*)\},?\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Title();
}
