using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Entity tags, compression and prediction templates.</summary>
[Collection(ServerCollection.Name)]
public sealed class EntityTagTests(CoosFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/benchmarks/coos-7")]
    [InlineData("/benchmarks/coos-7/data")]
    [InlineData("/docs/formats")]
    [InlineData("/api/benchmarks/coos-7")]
    [InlineData("/api/benchmarks/coos-7/leaderboard")]
    [InlineData("/benchmarks/coos-7/feed.atom")]
    [InlineData("/benchmarks/tiny/template/test1.csv")]
    [InlineData("/benchmarks/tiny/template.zip")]
    [InlineData("/sitemap.xml")]
    [InlineData("/docs")]
    public async Task A_known_entity_tag_gives_304(string path)
    {
        using var first = await server.Client.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.NotNull(first.Headers.ETag);

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag);
        using var second = await server.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Pages_are_compressed_if_the_client_accepts_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/benchmarks/coos-7");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        using var response = await server.Client.SendAsync(request, Cancellation);
        await using var unpacked = new BrotliStream(await response.Content.ReadAsStreamAsync(Cancellation), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);

        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
        Assert.Contains("COOS-7", await reader.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_template_of_a_test_set_is_a_valid_submission()
    {
        var csv = await server.Client.GetStringAsync("/benchmarks/tiny/template/test1.csv?probabilities=true", Cancellation);
        using var zip = new ZipArchive(await server.Client.GetStreamAsync("/benchmarks/tiny/template.zip", Cancellation));

        Assert.Equal("image_id,label,p0,p1,p2", csv.Split('\n')[0]);
        Assert.Equal(["test1.csv", "test2.csv"], zip.Entries.Select(e => e.Name));
        using var checkedFile = await server.Client.PostAsync(
            "/api/submissions/validate",
            UploadForm.Tiny("Template").File("test1", csv).Content,
            Cancellation
        );
        Assert.Equal(HttpStatusCode.OK, checkedFile.StatusCode);
        using var missing = await server.Client.GetAsync("/benchmarks/tiny/template/test3.csv", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}
