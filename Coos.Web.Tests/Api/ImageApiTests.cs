using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Pictures of images, and lists of images by what entries predict.</summary>
[Collection(ServerCollection.Name)]
public sealed class ImageApiTests(CoosFixture server)
{
    private const string Pictures = "/api/benchmarks/coos-sim/splits/test4/images";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Simulated_images_are_drawn_when_they_are_asked_for()
    {
        using var response = await server.Client.GetAsync(new Uri($"{Pictures}/157.png", UriKind.Relative), Cancellation);
        var png = await response.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/png", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("public, max-age=3600", response.Headers.CacheControl?.ToString());
        Assert.Equal((64, 64), SizeOf(png));
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{Pictures}/157.png");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var unchanged = await server.Client.SendAsync(again, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Theory]
    [InlineData("size=128", 128)]
    [InlineData("size=32&channels=nucleus", 32)]
    [InlineData("channels=1,2&contrast=4", 64)]
    public async Task A_picture_has_the_size_and_channels_that_are_asked_for(string parameters, int size)
    {
        var png = await server.Client.GetByteArrayAsync($"{Pictures}/3.png?{parameters}", Cancellation);
        var plain = await server.Client.GetByteArrayAsync($"{Pictures}/3.png", Cancellation);

        Assert.Equal((size, size), SizeOf(png));
        Assert.NotEqual(plain, png);
    }

    [Theory]
    [InlineData("channels=membrane", "channels is \"membrane\"; allowed: composite, protein, nucleus, or up to 3 of the channels")]
    [InlineData("channels=3", "channels is \"3\"; allowed: composite, protein, nucleus")]
    [InlineData("size=12", "size is \"12\"; allowed: a whole number from 16 to 1024")]
    [InlineData("size=64.5", "size is \"64.5\"; allowed: a whole number from 16 to 1024")]
    [InlineData("contrast=NaN", "contrast is \"NaN\"; allowed: a number from 0.25 to 8")]
    public async Task Wrong_parameters_are_named(string parameters, string message)
    {
        using var response = await server.Client.GetAsync(new Uri($"{Pictures}/3.png?{parameters}", UriKind.Relative), Cancellation);
        var problem = await response.ReadTextAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(message, problem.Replace("\\u0022", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/benchmarks/coos-sim/splits/test4/images/3077.png", "has no image \\u00223077\\u0022")]
    [InlineData("/api/benchmarks/coos-sim/splits/test4/images/3", "The path of a picture is")]
    [InlineData("/api/benchmarks/coos-sim/splits/test9/images/3.png", "has no split")]
    [InlineData("/api/benchmarks/coos-sim/splits/test4/images/..%2F..%2F3.png", "has no image")]
    [InlineData("/api/benchmarks/coos-7/splits/test4/images/3.png", "Only organisers can see")]
    public async Task What_does_not_exist_is_named(string address, string detail)
    {
        using var response = await server.Client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.InRange((int)response.StatusCode, 403, 404);
        Assert.Contains(detail, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_images_of_a_matrix_cell_are_as_many_as_it_counts_and_sorted_by_confidence()
    {
        var entry = await FindEntryAsync();
        var cell = await server.Client.GetJsonAsync($"/api/submissions/{entry}/confusion/test4");
        var counts = cell["counts"]!.AsArray();
        var list = await server.Client.GetJsonAsync($"/api/submissions/{entry}/images/test4?true=4&predicted=Peroxisomes");
        var images = list["images"]!.AsArray();
        var confidences = images.Select(i => (double)i!["confidence"]!).ToArray();

        Assert.Equal((int)counts[4]![3]!, (int)list["total"]!);
        Assert.Equal(Math.Min(60, (int)list["total"]!), images.Count);
        Assert.All(images, i => Assert.Equal((4, 3), ((int)i!["true"]!, (int)i["predicted"]!)));
        Assert.Equal(confidences.OrderDescending(), confidences);
        Assert.All(images, i => Assert.Matches("^[A-P][0-9]{2}$", (string)i!["position"]!));
        Assert.Equal($"/benchmarks/coos-sim/images/test4/{images[0]!["id"]}", (string)images[0]!["links"]!["page"]!);
    }

    [Fact]
    public async Task Pages_of_a_list_together_have_each_image_once()
    {
        var entry = await FindEntryAsync();
        var ids = new List<string>();
        var total = 0;
        for (var page = 1; page <= 52; page++)
        {
            var list = await server.Client.GetJsonAsync($"/api/submissions/{entry}/images/test4?page={page}");
            total = (int)list["total"]!;
            ids.AddRange(list["images"]!.AsArray().Select(i => (string)i!["id"]!));
        }

        Assert.Equal(3077, total);
        Assert.Equal(3077, ids.Distinct().Count());
        Assert.Equal(3077, ids.Count);
    }

    [Fact]
    public async Task The_hardest_images_come_first()
    {
        JsonNode list;
        do
        {
            list = await server.Client.GetJsonAsync($"{Pictures}?order=hardest");
        } while (list["images"]![0]!["wrongShare"] is null);

        var easiest = await server.Client.GetJsonAsync($"{Pictures}?order=hardest&page=52");
        double[] shares = [.. SharesOf(list), .. SharesOf(easiest)];
        Assert.Equal(3077, (int)list["total"]!);
        Assert.Equal(shares.OrderDescending(), shares);
        // Other tests submit to this server, so how large the shares are is not known here; that they differ is.
        Assert.True(shares[0] > shares[^1]);
    }

    private static IEnumerable<double> SharesOf(JsonNode list) => list["images"]!.AsArray().Select(i => (double)i!["wrongShare"]!);

    [Theory]
    [InlineData("order=size", "order is \"size\"; allowed: hardest, id")]
    [InlineData("true=7", "true is \"7\"; allowed: 0 to 6, or a class name such as ER")]
    [InlineData("page=0", "page is \"0\"; allowed: a whole number from 1")]
    public async Task Wrong_filters_are_named(string parameters, string message)
    {
        using var response = await server.Client.GetAsync(new Uri($"{Pictures}?{parameters}", UriKind.Relative), Cancellation);
        var problem = await response.ReadTextAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(message, problem.Replace("\\u0022", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_of_another_dataset_are_refused_and_named()
    {
        await using var own = await StartTinyAsync(count: 5, "001122");
        using var response = await own.Client.GetAsync(
            new Uri("/api/benchmarks/tiny/splits/test1/images/a-0.png", UriKind.Relative),
            Cancellation
        );

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("there are 5 images for 6 labels", await response.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_with_other_labels_are_refused_unless_few_differ()
    {
        await using var corrected = await StartTinyAsync(count: 6, "001121");
        await using var other = await StartTinyAsync(count: 6, "220011");

        Assert.NotEmpty(await corrected.Client.GetByteArrayAsync("/api/benchmarks/tiny/splits/test1/images/a-0.png", Cancellation));
        using var response = await other.Client.GetAsync(
            new Uri("/api/benchmarks/tiny/splits/test1/images/a-0.png", UriKind.Relative),
            Cancellation
        );
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
    }

    [Fact]
    public async Task A_damaged_image_is_a_placeholder_on_pages_and_a_problem_for_programs()
    {
        await using var own = await StartTinyAsync(count: 6, "001122");
        await own.Client.GetByteArrayAsync("/api/benchmarks/tiny/splits/test1/images/a-0.png", Cancellation);
        await File.WriteAllTextAsync(TinyImages.FileOf(own, 4, "protein"), "not a TIFF file", Cancellation);
        File.Delete(TinyImages.FileOf(own, 5, "nucleus"));

        foreach (var image in new[] { "a-4", "a-5" })
        {
            var address = $"/api/benchmarks/tiny/splits/test1/images/{image}.png";
            using var response = await own.Client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
            Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("image/svg+xml"));
            using var placeholder = await own.Client.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.OK, placeholder.StatusCode);
            Assert.Contains("Image cannot be read", await placeholder.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
            using var page = await own.Client.GetAsync(new Uri($"/benchmarks/tiny/images/test1/{image}", UriKind.Relative), Cancellation);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        // The others are still there.
        await own.Client.GetByteArrayAsync("/api/benchmarks/tiny/splits/test1/images/a-3.png", Cancellation);
    }

    private static async Task<TestServer> StartTinyAsync(int count, string labels)
    {
        var own = new TestServer();
        await own.ReplaceInManifestAsync("\"disclosure\": \"open\"", "\"labelsPublic\": true, \"images\": \"public\"");
        TinyImages.WriteTo(own, count, labels);
        await own.StartAsync();
        return own;
    }

    private async Task<string> FindEntryAsync()
    {
        var board = await server.Client.GetJsonAsync("/api/benchmarks/coos-sim/leaderboard?q=kNN");
        return (string)board["rows"]!.AsArray().First(r => ((string)r!["method"]!).StartsWith("DeepLoc", StringComparison.Ordinal))!["id"]!;
    }

    private static (int Width, int Height) SizeOf(byte[] png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
}
