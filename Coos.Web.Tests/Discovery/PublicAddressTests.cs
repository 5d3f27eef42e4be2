using System.Text.RegularExpressions;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Discovery;

/// <summary>A server with a public address uses it in absolute links, because clients can forge the Host header.</summary>
[OneDatabase]
public sealed partial class PublicAddressTests
{
    private const string Public = "https://coos.example.org";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/robots.txt")]
    [InlineData("/sitemap.xml")]
    [InlineData("/benchmarks/tiny/feed.atom")]
    [InlineData("/benchmarks/tiny")]
    [InlineData("/benchmarks/tiny/data")]
    [InlineData("/benchmarks/tiny/submit")]
    [InlineData("/api/benchmarks/tiny/leaderboard.bib")]
    [InlineData("/submissions/{id}")]
    public async Task Absolute_links_have_the_public_address(string path)
    {
        await using var server = new TestServer();
        await server.StartAsync(settings: $"--Coos:PublicAddress={Public}/");
        var submission = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Linked").Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 1, 2));
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            path.Replace("{id}", (string)submission["id"]!, StringComparison.Ordinal)
        );
        request.Headers.Host = "forged.example";

        using var response = await server.Client.SendAsync(request, Cancellation);
        var text = await response.ReadTextAsync();

        Assert.True(response.IsSuccessStatusCode);
        Assert.DoesNotContain("forged.example", text, StringComparison.Ordinal);
        Assert.Contains(Public + "/", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(DoubleSlash(), text);
    }

    [Fact]
    public async Task Without_a_public_address_links_repeat_the_Host_header()
    {
        await using var server = await TestServer.StartNewAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sitemap.xml");
        request.Headers.Host = "other.example";

        using var response = await server.Client.SendAsync(request, Cancellation);

        Assert.Contains("http://other.example/", await response.ReadTextAsync(), StringComparison.Ordinal);
    }

    [GeneratedRegex("https://coos\\.example\\.org//")]
    private static partial Regex DoubleSlash();
}
