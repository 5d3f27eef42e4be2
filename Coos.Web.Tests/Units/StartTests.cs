using System.Text.Json.Nodes;
using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>
/// An invalid benchmark folder is left out, and an invalid label file is not read: with the file, the place and the reason, and the other
/// benchmarks work. A setting or database that is wrong stops the start.
/// </summary>
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coos-start-").FullName;

    public StartTests() => TinyBenchmark.WriteTo(Tiny);

    private string Tiny => Path.Combine(_folder, "benchmarks", "mine");

    private string Manifest => Path.Combine(Tiny, "benchmark.json");

    /// <summary>A place in the manifest, its new value, and the expected message.</summary>
    public static TheoryData<string, string, string> Manifests =>
        new()
        {
            { "slug", "\"My Benchmark\"", "$.slug: \"My Benchmark\" is not a valid slug" },
            { "name", "\"\"", "$.name: " },
            { "colour", "1", "$.colour: unknown property" },
            { "splits/1/role", "\"holdout\"", "$.splits[1].role: \"holdout\" is unknown; allowed: training, inDistribution, shifted" },
            { "splits/2/name", "\"test1\"", "$.splits[2]: split \"test1\" is listed twice" },
            { "classes/2/name", "\"round\"", "$.classes[2]: \"round\" is already the name of class 0" },
            { "ranking/splits/0", "\"test9\"", "$.ranking.splits[0]: \"test9\" is not a test split" },
            { "homepage", "\"javascript:alert(1)\"", "$.homepage: " },
        };

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_folder_with_an_invalid_manifest_is_left_out(string place, string value, string message)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Manifest))!;
        var steps = place.Split('/');
        var parent = steps[..^1].Aggregate(manifest, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
        if (parent is JsonArray items)
        {
            items[int.Parse(steps[^1])] = JsonNode.Parse(value);
        }
        else
        {
            parent[steps[^1]] = JsonNode.Parse(value);
        }

        File.WriteAllText(Manifest, manifest.ToJsonString());

        Assert.Contains($"{Manifest}: {message}", GetProblem(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_manifest_is_left_out()
    {
        File.Delete(Manifest);

        Assert.StartsWith($"{Manifest}: missing file", GetProblem(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_whose_manifest_is_not_JSON_is_left_out()
    {
        File.WriteAllText(Manifest, "{\n  \"slug\": tiny\n}");

        Assert.StartsWith($"{Manifest}: line 2: invalid JSON", GetProblem(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_an_invalid_percentage_is_left_out()
    {
        var file = Path.Combine(Tiny, "reported.csv");
        File.WriteAllText(file, "features,classifier,test1,source\nA,B,101,C\n");

        Assert.StartsWith($"{file}:2:test1: \"101\" is not a number from 0 to 100", GetProblem(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_folders_with_the_same_slug_are_both_left_out()
    {
        var other = Path.Combine(_folder, "benchmarks", "other");
        TinyBenchmark.WriteTo(other);

        using var app = (IDisposable)CoosServer.Build(Arguments, services => TestLog.Use(services));
        var catalog = ((WebApplication)app).Services.GetRequiredService<BenchmarkCatalog>();

        Assert.False(catalog.TryGet("tiny", out _));
        Assert.True(catalog.TryGet("coos-sim", out _));
        Assert.Equal(
            [
                (Tiny, $"{Tiny}: the slug \"tiny\" is also that of {other}; give each benchmark a slug of its own"),
                (other, $"{other}: the slug \"tiny\" is also that of {Tiny}; give each benchmark a slug of its own"),
            ],
            catalog.Problems.Select(p => (p.Path, p.Message))
        );
    }

    [Theory]
    [InlineData("image_id,label\na-0,7\n", ":2:label: unknown-class: ")]
    [InlineData("a-0,0\n", ":1: missing-header: ")]
    [InlineData("image_id,label\na-0,0\na-0,1\n", ":3:image_id: duplicate-image: ")]
    public async Task An_invalid_label_file_is_not_read(string text, string message)
    {
        var file = Path.Combine(Tiny, "labels", "test1.csv");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        Assert.StartsWith(file + message, await GetLabelProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_of_another_number_of_images_than_in_the_manifest_are_not_read()
    {
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Manifest, TestContext.Current.CancellationToken))!;
        manifest["splits"]![1]!["images"] = 7;
        await File.WriteAllTextAsync(Manifest, manifest.ToJsonString(), TestContext.Current.CancellationToken);

        Assert.EndsWith(
            "test1.csv: contains 6 images, but the manifest says 7; complete the file or correct the manifest",
            await GetLabelProblemAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_stops_the_start()
    {
        var file = Path.Combine(_folder, "no-such-folder", "coos.db");

        var problem = await GetPrepareProblemAsync($"--ConnectionStrings:Coos=Data Source={file}");

        Assert.StartsWith(
            $"ConnectionStrings:Coos, Coos:DataDirectory: \"{file}\" cannot be opened as a database (",
            problem,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_that_is_not_a_database_stops_the_start()
    {
        var file = Path.Combine(_folder, "notes.txt");
        await File.WriteAllTextAsync(file, new string('x', 5000), TestContext.Current.CancellationToken);

        Assert.Contains(
            "file is not a database",
            await GetPrepareProblemAsync($"--ConnectionStrings:Coos=Data Source={file}"),
            StringComparison.Ordinal
        );
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private string[] Arguments =>
        [$"--Coos:DataDirectory={Path.Combine(_folder, "data")}", $"--Coos:BenchmarksDirectory={Path.Combine(_folder, "benchmarks")}"];

    /// <summary>Builds a server and gets the reason why a folder is left out; the other benchmarks are there.</summary>
    private string GetProblem()
    {
        using var app = (IDisposable)CoosServer.Build(Arguments, services => TestLog.Use(services));
        var catalog = ((WebApplication)app).Services.GetRequiredService<BenchmarkCatalog>();
        Assert.True(catalog.TryGet("coos-sim", out _));
        return Assert.Single(catalog.Problems).Message;
    }

    /// <summary>Prepares a server and gets the reason why a label file is not read.</summary>
    private async Task<string> GetLabelProblemAsync()
    {
        await using var app = CoosServer.Build(Arguments, services => TestLog.Use(services));
        await CoosServer.PrepareAsync(app);
        Assert.False(app.Services.GetRequiredService<LabelStore>().Has("tiny", "test1"));
        return app.Services.GetRequiredService<LabelProblems>().Find("tiny", "test1")!;
    }

    private async Task<string> GetPrepareProblemAsync(params string[] more)
    {
        await using var app = CoosServer.Build([.. Arguments, .. more], services => TestLog.Use(services));
        return (await Assert.ThrowsAsync<StartException>(() => CoosServer.PrepareAsync(app))).Message;
    }
}
