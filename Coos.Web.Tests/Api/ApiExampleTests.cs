using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Coos.Server.Configuration;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>
/// The examples in the API description equal the responses of the server, except ids, times, trace ids and slugs. If
/// COOS_UPDATE_EXAMPLES is set, the test writes the examples instead of comparing them.
/// </summary>
[OneDatabase]
public sealed partial class ApiExampleTests : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(Locations.Root, "Coos.Web", "Operations", "OpenApi", "Examples");
    private static readonly bool IsUpdating = Environment.GetEnvironmentVariable("COOS_UPDATE_EXAMPLES") is { Length: > 0 };
    private static readonly JsonSerializerOptions Readable = new(Shared.CoosJson.Options) { WriteIndented = true };

    private readonly ExampleCalls _calls = new();

    public static TheoryData<string> Names => [.. ExampleCalls.Names];

    public ValueTask InitializeAsync() => _calls.StartAsync();

    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_example_equals_the_response_of_the_server(string name)
    {
        var file = Path.Combine(Folder, name);
        using var response = await _calls.SendAsync(name);
        var text = await response.ReadTextAsync();
        var actual = name.EndsWith(".json", StringComparison.Ordinal) ? Shorten(JsonNode.Parse(text)!).ToJsonString(Readable) + "\n" : text;
        if (IsUpdating)
        {
            await File.WriteAllTextAsync(file, actual, TestContext.Current.CancellationToken);
        }

        var expected = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(name.Split('.')[1], ((int)response.StatusCode).ToString());
        Assert.Equal(RemoveVariableParts(expected), RemoveVariableParts(actual));
    }

    [Fact]
    public void Every_example_has_a_call() =>
        Assert.Equal(
            ExampleCalls.Names.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)
        );

    /// <summary>Keeps only the last benchmark of a list.</summary>
    private static JsonNode Shorten(JsonNode response) => response is JsonArray all ? new JsonArray(all[^1]!.DeepClone()) : response;

    private static string RemoveVariableParts(string text) =>
        Slugs()
            .Replace(
                Month()
                    .Replace(
                        Key()
                            .Replace(
                                Host().Replace(Time().Replace(Id().Replace(Trace().Replace(text, "trace"), "id"), "time"), "host"),
                                "key"
                            ),
                        "month"
                    ),
                "slugs"
            );

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z")]
    private static partial Regex Time();

    /// <summary>The address of the test server.</summary>
    [GeneratedRegex("http://127.0.0.1:[0-9]+")]
    private static partial Regex Host();

    /// <summary>The end of a BibTeX key, which is also the end of an id.</summary>
    [GeneratedRegex("(?<=^@misc\\{.*-)[0-9a-f]{12}(?=,$)", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex("(?<=^  (year|month) = \\{)[0-9]+", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Month();

    /// <summary>The list of benchmarks, which the examples do not depend on.</summary>
    [GeneratedRegex("(?<=the benchmarks are: )[^.]*")]
    private static partial Regex Slugs();

    [GeneratedRegex("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]")]
    private static partial Regex Trace();
}
