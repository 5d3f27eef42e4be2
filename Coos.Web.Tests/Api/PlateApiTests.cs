using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Coos.Web.Tests.Support;
using SkiaSharp;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>The API calls and pages about errors by well.</summary>
[OneDatabase]
public sealed class PlateApiTests : IAsyncLifetime
{
    private static readonly string[] All = ["test1", "test2", "test3", "test4"];

    private readonly TestServer _server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        PlateBenchmark.WriteTo(_server);
        await _server.StartAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Errors_are_counted_by_well_along_the_rows()
    {
        var id = await SubmitAsync("A", 3, 1);

        var document = await _server.Client.GetJsonAsync($"/api/submissions/{id}/wells/test1");

        Assert.Equal(("plates", "test1"), ((string?)document["benchmark"], (string?)document["split"]));
        Assert.Equal(["P1", "P2"], document["plates"]!.AsArray().Select(p => (string?)p!["plate"]));
        Assert.All(
            document["plates"]!.AsArray(),
            plate =>
            {
                Assert.Equal((8, 12), ((int)plate!["rows"]!, (int)plate["columns"]!));
                var wells = plate["wells"]!.AsArray();
                Assert.Equal(
                    PlateBenchmark.Wells("test1").Where(w => w.Plate == "P1").Select(w => w.Well),
                    wells.Select(w => (string?)w!["well"])
                );
                Assert.Equal(wells.Select(w => (string?)w!["well"]), wells.Select(w => (string?)w!["position"]));
                Assert.All(wells, w => Assert.Equal(PlateBenchmark.Images, (int)w!["images"]!));
                Assert.Equal(
                    PlateBenchmark.Wells("test1").Where(w => w.Plate == "P1").Select(w => w.IsEdge ? 3 : 1),
                    wells.Select(w => (int)w!["errors"]!)
                );
            }
        );
    }

    [Fact]
    public async Task The_edge_is_tested_and_the_result_is_said_in_a_sentence()
    {
        var id = await SubmitAsync("A", 3, 1);

        var document = await _server.Client.GetJsonAsync($"/api/submissions/{id}/wells/test1");
        var page = await ReadAsync($"/submissions/{id}/plates/test1");

        var edge = document["tests"]![0]!;
        Assert.Equal(["edge", "row", "column"], document["tests"]!.AsArray().Select(t => (string?)t!["effect"]));
        Assert.Equal(0.4, (double)Assert.Single(edge["differences"]!.AsArray())!["difference"]!, 1e-12);
        Assert.Equal((192, 4999), ((int)edge["wells"]!, (int)edge["permutations"]!));
        Assert.Equal(1 / 5000.0, (double)edge["p"]!, 1e-12);
        Assert.Equal("all wells of a class have the same share of errors", (string?)document["tests"]![1]!["note"]);
        Assert.StartsWith(
            "Wells at the edge have 40.0 points more errors than inner wells (p < 0.001).",
            (string?)document["summary"],
            StringComparison.Ordinal
        );
        Assert.Contains(
            (string?)document["summary"] + "</p>",
            page.Replace("&lt;", "<", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.Contains("<title>H12: 3 of 5 images wrong, 60.0%</title>", page, StringComparison.Ordinal);
        Assert.Contains(
            "aria-label=\"Plate P2, 96 wells, 96 of them with images: error 35.0% of 480 images. "
                + "Most errors in A01: 3 of 5 images wrong, 60.0%.\"",
            page,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("1")]
    [InlineData("Odd")]
    [InlineData("odd%20wells")]
    public async Task One_class_can_be_chosen(string name)
    {
        var id = await SubmitAsync("A", 3, 1);

        var document = await _server.Client.GetJsonAsync($"/api/submissions/{id}/wells/test1?true={name}");
        var page = await ReadAsync($"/submissions/{id}/plates/test1?true={name}");

        Assert.Equal("Odd", (string?)document["true"]);
        Assert.Equal(48, document["plates"]![0]!["wells"]!.AsArray().Count);
        Assert.Equal("A02", (string?)document["plates"]![0]!["wells"]![0]!["well"]);
        Assert.Equal(96, (int)document["tests"]![0]!["wells"]!);
        Assert.Contains("<option value=\"1\" selected>Odd wells</option>", page, StringComparison.Ordinal);
        Assert.Contains("Odd wells only", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<title>A01:", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_board_shows_the_mean_over_its_entries()
    {
        await SubmitAsync("A", 3, 1);
        await SubmitAsync("B", 4, 0);
        await SubmitAsync("C", 3, 0, "private");
        await _server.AwaitBoardAsync(PlateBenchmark.Slug, board => board["rows"]!.AsArray().Count == 2);

        var document = await AwaitAsync("/api/benchmarks/plates/wells/test1");
        var page = await ReadAsync("/benchmarks/plates/plates/test1");

        Assert.Equal(2, (int)document["entries"]!);
        var wells = document["plates"]![1]!["wells"]!.AsArray();
        Assert.Equal((3.5, 0.5), ((double)wells[0]!["errors"]!, (double)wells[13]!["errors"]!));
        Assert.Contains("Mean of 2 entries of the leaderboard", page, StringComparison.Ordinal);
        Assert.Contains("<title>A01: 3.5 of 5 images wrong on average, 70.0%</title>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_plate_without_a_name_is_one_plate()
    {
        var id = await SubmitAsync("A", 3, 1);

        var document = await _server.Client.GetJsonAsync($"/api/submissions/{id}/wells/test2");
        var page = await ReadAsync($"/submissions/{id}/plates/test2");

        var plate = Assert.Single(document["plates"]!.AsArray())!;
        Assert.Null(plate["plate"]);
        Assert.Equal((32, 48), ((int)plate["rows"]!, (int)plate["columns"]!));
        Assert.Equal(["A01", "B02", "AF48"], plate["wells"]!.AsArray().Select(w => (string?)w!["position"]));
        Assert.Equal(["A01", "b2", "AF48"], plate["wells"]!.AsArray().Select(w => (string?)w!["well"]));
        Assert.Contains("The labels name no plates, so all wells are shown as one plate.", page, StringComparison.Ordinal);
        Assert.Contains("<title>B02 (b2): 1 of 5 images wrong, 20.0%</title>", page, StringComparison.Ordinal);
        Assert.Contains("The edge effect cannot be tested: ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_are_no_position_are_a_table()
    {
        var id = await SubmitAsync("A", 3, 1);

        var document = await _server.Client.GetJsonAsync($"/api/submissions/{id}/wells/test3");
        var csv = await _server.Client.GetStringAsync($"/api/submissions/{id}/wells/test3.csv", Cancellation);
        var page = await ReadAsync($"/submissions/{id}/plates/test3");
        using var svg = await _server.Client.GetAsync($"/api/submissions/{id}/wells/test3.svg", Cancellation);

        Assert.All(document["plates"]!.AsArray(), p => Assert.Null(p!["rows"]));
        Assert.Equal("plate,well,position,images,errors\nP1,'=1+1,,5,1\nP1,\"left, top\",,5,1\nP2,\"left, top\",,5,1\n", csv);
        Assert.Contains("Wells without a position", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">left, top</th>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg class=\"plate", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, svg.StatusCode);
        Assert.Contains("no positions such as A01", await svg.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_without_wells_have_no_map()
    {
        var id = await SubmitAsync("A", 3, 1);

        using var answer = await _server.Client.GetAsync($"/api/submissions/{id}/wells/test4", Cancellation);
        var (page, entry) = (await ReadAsync($"/submissions/{id}/plates/test4"), await ReadAsync($"/submissions/{id}"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(
            "The labels of Test4 do not name wells",
            (string?)JsonNode.Parse(await answer.ReadTextAsync())!["detail"],
            StringComparison.Ordinal
        );
        Assert.Contains("The labels of Test4 do not name wells", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/submissions/{id}/plates/test1\"", entry, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"/submissions/{id}/plates/test4\"", entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_are_SVG_and_PNG_files_of_one_plate()
    {
        var id = await SubmitAsync("A <&> \"method\"", 3, 1);

        using var first = await _server.Client.GetAsync($"/api/submissions/{id}/wells/test1.svg", Cancellation);
        var second = await _server.Client.GetStringAsync($"/api/submissions/{id}/wells/test1.svg?plate=P2&true=0", Cancellation);
        using var png = await _server.Client.GetAsync($"/api/submissions/{id}/wells/test1.png?plate=P2", Cancellation);
        var large = await _server.Client.GetByteArrayAsync($"/api/submissions/{id}/wells/test2.png", Cancellation);

        var svg = XDocument.Parse(await first.ReadTextAsync()).Root!;
        Assert.Equal("image/svg+xml", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal("A <&> \"method\" by Lab", svg.Elements().First(e => e.Name.LocalName == "title").Value);
        Assert.Equal(96, svg.Descendants().Count(e => e.Name.LocalName == "circle"));
        Assert.Contains(
            svg.Descendants(),
            e => e.Name.LocalName == "text" && e.Value.StartsWith("Plates, Test1, Plate P1: error", StringComparison.Ordinal)
        );
        Assert.Equal(48, XDocument.Parse(second).Descendants().Count(e => e.Name.LocalName == "circle"));
        Assert.DoesNotContain("style=", second, StringComparison.Ordinal);
        Assert.Equal("image/png", png.Content.Headers.ContentType!.MediaType);
        using var picture = SKBitmap.Decode(await png.Content.ReadAsByteArrayAsync(Cancellation));
        using var largePicture = SKBitmap.Decode(large);
        Assert.Equal(2 * double.Parse(svg.Attribute("width")!.Value, CultureInfo.InvariantCulture), picture.Width, 1.0);
        Assert.True(largePicture.Width > picture.Width);
    }

    [Theory]
    [InlineData("test1?true=2", "true", "true is \"2\"; allowed: 0 to 1, or a class name such as Even")]
    [InlineData("test1?true=Evil", "true", "true is \"Evil\"; allowed")]
    [InlineData("test1.svg?plate=P3", "plate", "\"P3\" is not a plate of this split; allowed: P1, P2")]
    [InlineData("test1.png?plate=p1", "plate", "\"p1\" is not a plate of this split")]
    public async Task Unknown_classes_and_plates_are_rejected(string path, string field, string message)
    {
        var id = await SubmitAsync("A", 3, 1);

        using var answer = await _server.Client.GetAsync($"/api/submissions/{id}/wells/{path}", Cancellation);

        var error = Assert.Single(JsonNode.Parse(await answer.ReadTextAsync())!["errors"]!.AsArray())!;
        Assert.Equal((HttpStatusCode.BadRequest, field), (answer.StatusCode, (string?)error["field"]));
        Assert.StartsWith(message, (string?)error["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_rejects_an_unknown_class_and_shows_all_plates_for_an_unknown_one()
    {
        var id = await SubmitAsync("A", 3, 1);

        using var answer = await _server.Client.GetAsync($"/submissions/{id}/plates/test1?true=Evil", Cancellation);
        var page = await ReadAsync($"/submissions/{id}/plates/test1?plate=P3");
        var one = await ReadAsync($"/submissions/{id}/plates/test1?plate=P2");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("; allowed: ", await answer.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Equal((2, 1), (CountMaps(page), CountMaps(one)));

        static int CountMaps(string html) => html.Split("<figure class=\"panel plate-map\"").Length - 1;
    }

    [Theory]
    [InlineData("/api/submissions/{id}/wells/test9", "it has: test1, test2, test3, test4.")]
    [InlineData("/api/benchmarks/plates/wells/test9", "the test sets of Plates are test1, test2, test3, test4.")]
    [InlineData("/api/benchmarks/none/wells/test1", "none")]
    [InlineData("/api/submissions/00000000-0000-0000-0000-000000000001/wells/test1", "There is no submission")]
    [InlineData("/submissions/{id}/plates/test9", "")]
    [InlineData("/benchmarks/plates/plates/test9", "")]
    [InlineData("/benchmarks/none/plates/test1", "")]
    public async Task Unknown_splits_are_not_found(string path, string message)
    {
        var id = await SubmitAsync("A", 3, 1);

        using var answer = await _server.Client.GetAsync(path.Replace("{id}", id, StringComparison.Ordinal), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(message, await answer.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_without_entries_says_so()
    {
        using var answer = await _server.Client.GetAsync("/api/benchmarks/plates/wells/test1", Cancellation);
        var page = await ReadAsync("/benchmarks/plates/plates/test1");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("No entry with predictions of Test1 is on the leaderboard yet.", page, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"page\">Plates</a>", page, StringComparison.Ordinal);
    }

    private async Task<string> SubmitAsync(string method, int wrongAtEdge, int wrongInside, string visibility = "public")
    {
        var form = PlateBenchmark.Submission(method, "Lab", wrongAtEdge, wrongInside, All).Field("visibility", visibility);
        return (string)(await _server.Client.SubmitScoredAsync(form))["id"]!;
    }

    private async Task<string> ReadAsync(string path) => await _server.Client.GetStringAsync(path, Cancellation);

    /// <summary>Reads a result that may still be being computed.</summary>
    private async Task<JsonNode> AwaitAsync(string path)
    {
        while (true)
        {
            using var answer = await _server.Client.GetAsync(path, Cancellation);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return await answer.ReadJsonAsync();
            }

            await Task.Delay(50, Cancellation);
        }
    }
}
