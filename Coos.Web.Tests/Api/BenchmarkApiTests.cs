using System.Net;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

[Collection(ServerCollection.Name)]
public sealed class BenchmarkApiTests(CoosFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_benchmark_has_its_manifest_and_the_state_of_each_split()
    {
        var body = JsonNode.Parse(await server.Client.GetStringAsync("/api/benchmarks/tiny", Cancellation))!;

        Assert.Equal("Tiny", (string?)body["name"]);
        Assert.Equal(["training", "test1", "test2", "test3"], body["splits"]!.AsArray().Select(s => (string?)s!["name"]));
        Assert.Equal([false, true, true, false], body["splits"]!.AsArray().Select(s => (bool)s!["labelled"]!));
        Assert.Equal([null, 6, 6, null], body["splits"]!.AsArray().Select(s => (int?)s!["images"]));
        Assert.Equal("test1", (string?)body["reference"]);
    }

    [Fact]
    public async Task An_unknown_benchmark_gives_a_problem_with_the_known_ones()
    {
        using var response = await server.Client.GetAsync("/api/benchmarks/no-such", Cancellation);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Not found", (string?)body["title"]);
        Assert.StartsWith(
            "There is no benchmark \"no-such\"; the benchmarks are: coos-7",
            (string?)body["detail"],
            StringComparison.Ordinal
        );
    }
}
