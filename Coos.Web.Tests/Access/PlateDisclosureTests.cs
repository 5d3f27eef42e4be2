using System.Net;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>Errors by well follow the part of the labels that scores are of, before and after a guarded benchmark is closed.</summary>
[OneDatabase]
public sealed class PlateDisclosureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Organisers_see_the_public_wells_and_everyone_the_sealed_ones_after_the_close()
    {
        await using var server = new TestServer();
        PlateBenchmark.WriteTo(server, "guarded");
        await server.StartAsync(settings: ["--Coos:Access:Submissions=SignedIn", "--Coos:Access:Participation=Open"]);
        using var owner = await (await TestAccount.RegisterAsync(server, "Owner")).CreateClientAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        var id = (string)(await owner.SubmitScoredAsync(PlateBenchmark.Submission("A", "", 3, 1, "test1")))["id"]!;
        var path = $"/api/submissions/{id}/wells/test1";

        using var refused = await owner.GetAsync(path, Cancellation);
        var open = ReadWells(await organiser.GetJsonAsync(path));
        using var closed = await organiser.PostAsync($"/api/benchmarks/{PlateBenchmark.Slug}/close", null, Cancellation);
        var final = ReadWells(await server.Client.GetJsonAsync(path));

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK), (refused.StatusCode, closed.StatusCode));
        Assert.Equal((96, 96), (open.Count, final.Count));
        Assert.Empty(open.Intersect(final));
        Assert.Equal(PlateBenchmark.Wells("test1").Select(w => $"{w.Plate} {w.Well}").Order(), open.Concat(final).Order());
    }

    private static List<string> ReadWells(JsonNode document) =>
        [.. document["plates"]!.AsArray().SelectMany(p => p!["wells"]!.AsArray().Select(w => $"{p["plate"]} {w!["well"]}"))];
}
