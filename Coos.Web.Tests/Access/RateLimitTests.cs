using System.Globalization;
using System.Net;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>Rate limits by address and token.</summary>
[OneDatabase]
public sealed class RateLimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Addresses_and_tokens_have_separate_limits()
    {
        await using var server = await TestServer.StartSignedInAsync("--Coos:RateLimit:RequestsPerMinute=5");
        var account = await TestAccount.RegisterAsync(server, "Busy");
        using var client = await account.CreateClientAsync();
        var responses = new List<HttpResponseMessage>();
        for (var i = 0; i < 6; i++)
        {
            responses.Add(await server.Client.GetAsync("/api/benchmarks", Cancellation));
        }

        using var last = responses[^1];
        var seconds = int.Parse(last.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture);
        using var page = await server.Client.GetAsync("/benchmarks/tiny", Cancellation);
        using var token = await client.GetAsync("/api/benchmarks", Cancellation);

        await new ExpectedProblem(
            HttpStatusCode.TooManyRequests,
            "Too many requests",
            $"Wait {seconds} seconds and send the request again. The header Retry-After has the same number."
        ).AssertAsync(last);
        Assert.InRange(seconds, 1, 60);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (page.StatusCode, token.StatusCode));
    }

    [Fact]
    public async Task Password_attempts_are_limited_and_the_page_says_how_long_to_wait()
    {
        await using var server = await TestServer.StartSignedInAsync("--Coos:RateLimit:SignInsPerMinute=3");
        var browser = new TestBrowser(server.Address);
        for (var i = 0; i < 3; i++)
        {
            using var wrong = await browser.SendAsync("/account/sign-in", "sign-in", ("name", $"Name {i}"), ("password", "x"));
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        }

        using var response = await browser.SendAsync("/account/sign-in", "sign-in", ("name", "Name"), ("password", "x"));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Contains(
            $"Wait {response.Headers.GetValues("Retry-After").Single()} seconds",
            await response.ReadTextAsync(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/compare")]
    [InlineData("/api/compare")]
    [InlineData("/api/benchmarks/tiny/splits/test1/images.png")]
    [InlineData("/api/benchmarks/tiny/splits/test1/images.zip")]
    [InlineData("/api/submissions/0199f0c2-7b00-7aaa-8bbb-1c1c1c1c1c1c/images/test1.svg")]
    [InlineData("/benchmarks/tiny/template.zip?probabilities=true")]
    [InlineData("/benchmarks/tiny/template/test1.csv?probabilities=true")]
    public async Task Responses_that_take_long_to_compute_have_their_own_limit(string path)
    {
        await using var server = await TestServer.StartSignedInAsync("--Coos:RateLimit:ExpensivePerMinute=2");
        var account = await TestAccount.RegisterAsync(server, "Someone else");
        for (var i = 0; i < 2; i++)
        {
            using var allowed = await server.Client.GetAsync(path, Cancellation);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, allowed.StatusCode);
        }

        using var limited = await server.Client.GetAsync(path, Cancellation);
        using var cheap = await server.Client.GetAsync("/api/benchmarks", Cancellation);
        using var other = await account.Browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.InRange(int.Parse(limited.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(HttpStatusCode.OK, cheap.StatusCode);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, other.StatusCode);
    }

    [Fact]
    public async Task A_forwarded_address_does_not_count_without_a_trusted_proxy()
    {
        await using var server = await TestServer.StartSignedInAsync("--Coos:RateLimit:RequestsPerMinute=1");

        using var first = await new TestBrowser(server.Address, "198.51.100.7").GetAsync("/api/benchmarks");
        using var second = await new TestBrowser(server.Address, "203.0.113.5").GetAsync("/api/benchmarks");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (first.StatusCode, second.StatusCode));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:198.51.100.7", "198.51.100.7", true)]
    [InlineData("::ffff:198.51.100.7", "::ffff:198.51.100.8", false)]
    public async Task A_64_bit_IPv6_network_counts_as_one_sender(string first, string second, bool isOne)
    {
        await using var server = await TestServer.StartSignedInAsync("--Coos:RateLimit:RequestsPerMinute=2", "--Coos:Proxies=127.0.0.1");

        HttpStatusCode[] responses = [await RequestAsync(first), await RequestAsync(first), await RequestAsync(second)];

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, isOne ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK], responses);

        async Task<HttpStatusCode> RequestAsync(string client)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/benchmarks");
            request.Headers.Add("X-Forwarded-For", client);
            using var response = await server.Client.SendAsync(request, Cancellation);
            return response.StatusCode;
        }
    }
}
