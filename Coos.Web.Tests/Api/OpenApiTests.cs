using System.Text.Json.Nodes;
using Coos.Server.Leaderboards;
using Coos.Server.Mixes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>The OpenAPI description.</summary>
[Collection(ServerCollection.Name)]
public sealed class OpenApiTests(CoosFixture server)
{
    [Fact]
    public async Task Every_call_has_a_name_and_a_summary()
    {
        var operations = await OperationsAsync();

        Assert.True(operations.Count >= 8, $"{operations.Count} operations");
        Assert.All(operations, o => Assert.False(string.IsNullOrWhiteSpace((string?)o["operationId"]), o.ToJsonString()));
        Assert.All(operations, o => Assert.False(string.IsNullOrWhiteSpace((string?)o["summary"]), (string?)o["operationId"]));
    }

    [Fact]
    public async Task Every_parameter_has_a_description_and_path_parameters_have_an_example()
    {
        var parameters =
            from operation in await OperationsAsync()
            from parameter in operation["parameters"]?.AsArray() ?? []
            select (Name: $"{operation["operationId"]} {parameter["name"]}", Parameter: parameter!);

        Assert.All(parameters, p => Assert.False(string.IsNullOrWhiteSpace((string?)p.Parameter["description"]), p.Name));
        Assert.All(
            parameters.Where(p => (string?)p.Parameter["in"] == "path"),
            p => Assert.False(string.IsNullOrWhiteSpace((string?)p.Parameter["example"]), p.Name)
        );
    }

    [Fact]
    public async Task The_leaderboard_describes_every_parameter_that_it_reads()
    {
        var leaderboard = (await OperationsAsync()).Single(o => (string?)o["operationId"] == "GetLeaderboard");
        var described = leaderboard["parameters"]!.AsArray().Where(p => (string?)p!["in"] == "query").Select(p => (string)p!["name"]!);

        // The page also chooses its columns and the text to copy.
        Assert.Equal(
            LeaderboardQuery.ParameterNames.Except(["columns", "copy"]).Concat(MixQuery.ParameterNames).Order(),
            described.Order()
        );
    }

    [Fact]
    public async Task A_token_is_optional()
    {
        var description = await server.Client.GetJsonAsync("/swagger/v1/swagger.json");

        Assert.Equal("bearer", (string?)description["components"]!["securitySchemes"]!["token"]!["scheme"]);
        Assert.Equal(["{}", """{"token":[]}"""], description["security"]!.AsArray().Select(s => s!.ToJsonString()));
    }

    [Fact]
    public async Task Every_response_of_every_call_has_an_example()
    {
        var responses =
            from operation in await OperationsAsync()
            from response in operation["responses"]!.AsObject()
            where response.Key != "204"
            select (Name: $"{operation["operationId"]} {response.Key}", Content: response.Value!["content"]?.AsObject());

        var without = responses
            .Where(a => a.Content is null || a.Content.Any(c => !IsPicture(c.Key) && c.Value!["examples"] is not JsonObject { Count: > 0 }))
            .Select(a => a.Name);

        Assert.Empty(without);

        // An example is text, and no text shows a picture or an archive.
        static bool IsPicture(string mediaType) =>
            mediaType.StartsWith("image/", StringComparison.Ordinal) || mediaType == "application/zip";
    }

    [Fact]
    public async Task The_API_page_exists()
    {
        using var response = await server.Client.GetAsync("/swagger/index.html", TestContext.Current.CancellationToken);

        Assert.Contains("COOS API", await response.ReadTextAsync(), StringComparison.Ordinal);
    }

    private async Task<List<JsonObject>> OperationsAsync()
    {
        var description = await server.Client.GetJsonAsync("/swagger/v1/swagger.json");
        return [.. from path in description["paths"]!.AsObject() from call in path.Value!.AsObject() select call.Value!.AsObject()];
    }
}
