using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Coos.Server.Configuration;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>
/// The examples in the description of the API are what the server really answers, but for ids, times, trace ids and slugs.
/// With COOS_UPDATE_EXAMPLES set, the test writes them instead of comparing.
/// </summary>
public sealed partial class ExamplesTests : IAsyncLifetime
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
    public async Task An_example_is_what_the_server_answers(string name)
    {
        var file = Path.Combine(Folder, name);
        using var answer = await _calls.SendAsync(name);
        var text = await answer.ReadTextAsync();
        var actual = name.EndsWith(".json", StringComparison.Ordinal) ? Shorten(JsonNode.Parse(text)!).ToJsonString(Readable) + "\n" : text;
        if (IsUpdating)
        {
            await File.WriteAllTextAsync(file, actual, TestContext.Current.CancellationToken);
        }

        var expected = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(name.Split('.')[1], ((int)answer.StatusCode).ToString());
        Assert.Equal(WithoutChance(expected), WithoutChance(actual));
    }

    [Fact]
    public void No_example_is_without_its_call() =>
        Assert.Equal(
            ExampleCalls.Names.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)
        );

    /// <summary>Of all benchmarks, the last is enough.</summary>
    private static JsonNode Shorten(JsonNode answer) => answer is JsonArray all ? new JsonArray(all[^1]!.DeepClone()) : answer;

    private static string WithoutChance(string text) =>
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

    /// <summary>Where a test's server happens to listen.</summary>
    [GeneratedRegex("http://127.0.0.1:[0-9]+")]
    private static partial Regex Host();

    /// <summary>The end of a BibTeX key, which is the end of an id.</summary>
    [GeneratedRegex("(?<=^@misc\\{.*-)[0-9a-f]{12}(?=,$)", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex("(?<=^  (year|month) = \\{)[0-9]+", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Month();

    /// <summary>Which benchmarks there are, is no matter of the API.</summary>
    [GeneratedRegex("(?<=the benchmarks are: )[^.]*")]
    private static partial Regex Slugs();

    [GeneratedRegex("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]")]
    private static partial Regex Trace();
}
