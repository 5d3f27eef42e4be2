using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

[Collection(ServerCollection.Name)]
public sealed class SecurityHeaderTests(CoosFixture server)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src "
        + "'self'; manifest-src 'self'; "
        + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    [Theory]
    [InlineData("/")]
    [InlineData("/benchmarks/tiny/submit")]
    [InlineData("/not-found")]
    [InlineData("/api/benchmarks")]
    [InlineData("/api/nothing-here")]
    [InlineData("/swagger/index.html", "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='")]
    public async Task Every_response_has_a_strict_policy_and_no_server_header(string path, string? logoStyle = null)
    {
        using var response = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);
        var policy = logoStyle is null
            ? Policy
            : Policy.Replace("style-src 'self'", $"style-src 'self' {logoStyle}", StringComparison.Ordinal);

        Assert.Equal(policy, Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("strict-origin-when-cross-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Only_badges_and_previews_may_be_embedded_by_other_sites()
    {
        var submission = await server.Client.SubmitScoredAsync(UploadForm.Tiny(nameof(SecurityHeaderTests)).Test1(0, 1, 1, 1, 2, 0));
        var page = $"/submissions/{submission["id"]}";

        foreach (var path in new[] { $"{page}/badge.svg", $"{page}/preview.png", "/benchmarks/tiny/preview.png" })
        {
            // Twice, because previews come from the output cache the second time.
            Assert.Equal(("cross-origin", "cross-origin"), (await ReadPolicyAsync(path), await ReadPolicyAsync(path)));
        }

        foreach (var path in new[] { page, $"/api{page}", "/", "/benchmarks/tiny/feed.atom", $"/submissions/{Guid.Empty}/badge.svg" })
        {
            Assert.Equal("same-origin", await ReadPolicyAsync(path));
        }

        async Task<string> ReadPolicyAsync(string path)
        {
            using var response = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);
            return Assert.Single(response.Headers.GetValues("Cross-Origin-Resource-Policy"));
        }
    }

    [Fact]
    public async Task Over_TLS_cookies_are_secure_and_responses_have_HSTS()
    {
        await using var own = await TestServer.StartSignedInAsync("--Coos:Proxies=127.0.0.1");
        using var secure = await RequestAsync("https");
        using var plain = await RequestAsync("http");

        Assert.StartsWith("max-age=", Assert.Single(secure.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        Assert.Contains("; secure", Assert.Single(secure.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
        Assert.DoesNotContain("; secure", Assert.Single(plain.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);

        async Task<HttpResponseMessage> RequestAsync(string scheme)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/account/sign-in")
            {
                Headers =
                {
                    { "X-Forwarded-For", "198.51.100.7" },
                    { "X-Forwarded-Proto", scheme },
                    { "X-Forwarded-Host", "coos.example.org" },
                },
            };
            return await new TestBrowser(own.Address).SendAsync(request);
        }
    }

    [Fact]
    public async Task No_page_has_inline_styles_or_scripts()
    {
        foreach (var path in new[] { "/", "/benchmarks/tiny", "/benchmarks/tiny/submit", "/benchmarks/coos-sim/data", "/not-found" })
        {
            var page = await server.Client.GetStringOfAnyStatusAsync(path);
            Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
            Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Cookies_are_same_site_and_not_readable_by_scripts()
    {
        using var newcomer = new HttpClient { BaseAddress = server.Address };
        using var response = await newcomer.GetAsync("/benchmarks/tiny/submit", TestContext.Current.CancellationToken);

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=strict", cookie, StringComparison.Ordinal);
    }
}
