using System.Net;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

[Collection(ServerCollection.Name)]
public sealed class DataPageTests(CoosFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_data_page_marks_simulated_data_and_shows_every_class_of_every_set()
    {
        var page = await server.Client.GetStringAsync("/benchmarks/coos-sim/data", Cancellation);

        Assert.Contains("COOS-7 simulated data", page, StringComparison.Ordinal);
        Assert.Equal(7 * 5, page.Split("loading=\"lazy\"").Length - 1);
        Assert.Contains("/benchmarks/coos-sim/gallery/test4/6/protein.png", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_image_of_the_page_exists()
    {
        var page = await server.Client.GetStringAsync("/benchmarks/coos-sim/data?channel=composite", Cancellation);
        var pictures = page.Split("src=\"")
            .Skip(1)
            .Select(p => p.Split('"')[0])
            .Where(p => p.Contains("/gallery/", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(35, pictures.Count);

        foreach (var picture in pictures)
        {
            using var response = await server.Client.GetAsync(new Uri(picture, UriKind.Relative), Cancellation);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("image/png", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/benchmarks/coos-sim/data")]
    [InlineData("/api/benchmarks")]
    [InlineData("/logo.svg")]
    public async Task HEAD_returns_the_headers_of_GET_without_a_body(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var response = await server.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("/benchmarks/coos-sim/gallery/test1/7/protein.png")]
    [InlineData("/benchmarks/coos-sim/gallery/test9/0/protein.png")]
    [InlineData("/benchmarks/coos-sim/gallery/..%2f..%2f/0/protein.png")]
    [InlineData("/benchmarks/coos-7/gallery/test1/0/protein.png")]
    [InlineData("/benchmarks/none/data")]
    public async Task Unknown_addresses_are_not_found(string path)
    {
        using var response = await server.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_benchmark_without_images_has_no_empty_gallery()
    {
        var page = await server.Client.GetStringAsync("/benchmarks/coos-7/data", Cancellation);

        Assert.Contains("32,596", page, StringComparison.Ordinal);
        Assert.Contains("the Golgi (class 3) and the peroxisomes (class 5)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<table class=\"gallery\"", page, StringComparison.Ordinal);
    }
}
