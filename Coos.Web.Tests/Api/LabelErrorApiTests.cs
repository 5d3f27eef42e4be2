using System.Net;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Labels that are possibly wrong, and what they do to the board. Only organisers see them.</summary>
[OneDatabase]
public sealed class LabelErrorApiTests
{
    private const string Errors = "/api/benchmarks/tiny/splits/test2/label-errors";
    private const string Influence = "/api/benchmarks/tiny/label-errors";

    /// <summary>The page of test2, the only split that ranks.</summary>
    private const string Page = "/organise/benchmarks/tiny/label-errors";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// Two methods predict class 1 for b-2, which is labelled 0; the first also errs on b-4, the second does not. The thresholds of the
    /// classes are the shares of right votes: 2/3, 3/4 and 1.
    /// </summary>
    [Fact]
    public async Task Labels_that_all_entries_contradict_come_first()
    {
        await using var server = await StartAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);

        var list = await ReadAsync(organiser, Errors);
        var unanimous = await organiser.GetJsonAsync(Errors + "?unanimous=true");

        var error = Assert.Single(list["errors"]!.AsArray())!;
        Assert.Equal(("b-2", 0, 1), ((string)error["id"]!, (int)error["label"]!, (int)error["suggested"]!));
        Assert.Equal((0.0, 1.0), ((double)error["labelProbability"]!, (double)error["suggestedProbability"]!));
        Assert.Equal((1.0, 1.0), ((double)error["wrongShare"]!, (double)error["suggestedShare"]!));
        Assert.Equal((6, 2, 0), ((int)list["images"]!, (int)list["entries"]!, (int)list["entriesWithProbabilities"]!));
        Assert.Equal(1, (int)unanimous["total"]!);
        Assert.Equal(
            "image_id,label,suggested,label_name,suggested_name,label_probability,suggested_probability,wrong_share,suggested_share,"
                + "plate,well,position\nb-2,0,1,Round,Square,0,1,1,1,,,\n",
            await organiser.GetStringAsync(Errors + ".csv", Cancellation)
        );
    }

    /// <summary>
    /// test2 has three images of class 0, two of class 1, one of class 2. ViT-B errs on b-2 and b-4: (1/3 + 1/2 + 0) / 3 as labelled,
    /// (0 + 1/2 + 0) / 3 without b-2, and (0 + 1/3 + 0) / 3 with b-2 as class 1. ViT-S errs on b-2 only.
    /// </summary>
    [Fact]
    public async Task The_board_is_scored_again_without_doubtful_images_and_with_the_suggested_labels()
    {
        await using var server = await StartAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);

        var influence = await ReadAsync(organiser, Influence);

        var entries = influence["entries"]!.AsArray();
        Assert.Equal(["ViT-S", "ViT-B"], entries.Select(e => (string)e!["method"]!));
        Assert.Equal([0.111111, 0, 0], ScoresOf(entries[0]!));
        Assert.Equal([0.277778, 0.166667, 0.111111], ScoresOf(entries[1]!));
        Assert.Equal([1, 1, 1], RanksOf(entries[0]!));
        Assert.Equal([2, 2, 2], RanksOf(entries[1]!));
        Assert.Equal(
            "Without the doubtful images, balanced errors change by up to 11.1 points and no rank changes; the best entry stays the best. "
                + "With the suggested labels, balanced errors change by up to 16.7 points and no rank changes; "
                + "the best entry stays the best.",
            (string)influence["summary"]!
        );
    }

    [Theory]
    [InlineData(Errors)]
    [InlineData(Errors + ".csv")]
    [InlineData(Influence)]
    public async Task Only_organisers_may_read_them(string address)
    {
        await using var server = await StartAsync();
        using var account = await (await TestAccount.RegisterAsync(server, "Example Lab")).CreateClientAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server.Client, address));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(account, address));
    }

    /// <summary>Labels that no one else may see, and scores that are withheld, do not stop organisers.</summary>
    [Fact]
    public async Task Organisers_may_read_them_of_a_guarded_benchmark()
    {
        await using var server = new TestServer();
        await GuardedManifest.WriteAsync(server);
        await server.StartAsync();
        using var organiser = await TestAccount.CreateOrganiserClientAsync(server);
        await organiser.SubmitScoredAsync(UploadForm.Tiny("Example Lab", "ViT-B").Test2(0, 0, 1, 1, 1, 2));

        var list = await ReadAsync(organiser, Errors);

        Assert.Equal(["b-2"], list["errors"]!.AsArray().Select(e => (string)e!["id"]!));
    }

    [Theory]
    [InlineData("/api/benchmarks/tiny/splits/test9/label-errors", HttpStatusCode.NotFound, "has no split")]
    [InlineData("/api/benchmarks/tiny/splits/test3/label-errors", HttpStatusCode.NotFound, "has no labels on this server")]
    [InlineData("/api/benchmarks/none/label-errors", HttpStatusCode.NotFound, "There is no benchmark")]
    [InlineData(Errors + "?page=0", HttpStatusCode.BadRequest, "page is \\u00220\\u0022; allowed: a whole number from 1")]
    [InlineData(Errors + "?unanimous=maybe", HttpStatusCode.BadRequest, "unanimous is \\u0022maybe\\u0022; allowed: true, false")]
    [InlineData(Page + "?split=test3", HttpStatusCode.BadRequest, "allowed: test1, test2")]
    [InlineData(Page + "?page=x", HttpStatusCode.BadRequest, "allowed: a whole number from 1")]
    [InlineData("/organise/benchmarks/none/label-errors", HttpStatusCode.NotFound, "")]
    public async Task What_is_wrong_is_named(string address, HttpStatusCode status, string text)
    {
        await using var server = await StartAsync();
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        using var client = await organiser.CreateClientAsync();
        using var response = address.StartsWith("/api", StringComparison.Ordinal)
            ? await client.GetAsync(new Uri(address, UriKind.Relative), Cancellation)
            : await organiser.Browser.GetAsync(address);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(text, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_entries_the_page_says_so()
    {
        await using var server = await TestServer.StartNewAsync();
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);

        var page = await organiser.Browser.ReadAsync(Page);

        Assert.Contains("No entry has predictions of Test2 yet.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_images_and_the_board_under_other_labels()
    {
        await using var server = await StartAsync();
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        string page;
        do
        {
            page = await organiser.Browser.ReadAsync(Page);
        } while (page.Contains("Reload this page", StringComparison.Ordinal));

        Assert.Contains("1 of the 6 labels of Test2 is possibly wrong.", page, StringComparison.Ordinal);
        Assert.Contains("Found with the 2 best entries, without probabilities.", page, StringComparison.Ordinal);
        Assert.Contains("the best entry stays the best", page, StringComparison.Ordinal);
        Assert.Contains("Possible label errors", await organiser.Browser.ReadAsync("/organise/benchmarks"), StringComparison.Ordinal);
    }

    private static async Task<TestServer> StartAsync()
    {
        var server = await TestServer.StartNewAsync();
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Example Lab", "ViT-B").Test2(0, 0, 1, 1, 2, 2));
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Other Lab", "ViT-S").Test2(0, 0, 1, 1, 1, 2));
        return server;
    }

    /// <summary>Asks until the answer is complete.</summary>
    private static async Task<JsonNode> ReadAsync(HttpClient client, string address)
    {
        JsonNode document;
        do
        {
            document = await client.GetJsonAsync(address);
        } while ((bool?)document["isComputing"] == true);

        return document;
    }

    private static double[] ScoresOf(JsonNode entry) => [.. Kinds.Select(k => (double)entry[k]!["score"]!)];

    private static int[] RanksOf(JsonNode entry) => [.. Kinds.Select(k => (int)entry[k]!["rank"]!)];

    private static string[] Kinds => ["asLabelled", "without", "relabelled"];

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
        return response.StatusCode;
    }
}
