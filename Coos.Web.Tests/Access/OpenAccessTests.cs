using System.Net;
using Coos.Server.Configuration;
using Coos.Web.Accounts;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>A server without accounts stays on its own machine, unless the settings say twice that it shall not.</summary>
public sealed class OpenAccessTests
{
    private const string Everywhere = "--urls=http://0.0.0.0:0";

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://*:0")]
    public async Task Open_on_a_public_address_does_not_start_and_says_why(string address)
    {
        await using var server = new OwnServer();

        var problem = await Assert.ThrowsAsync<StartException>(() => server.StartAsync(more: $"--urls={address}"));

        Assert.Equal(OpenAccess.Message, problem.Message);
        Assert.Contains("Coos:Access:OpenOnPublicAddress", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Said_twice_it_starts_and_takes_submissions_from_everywhere()
    {
        await using var server = new OwnServer();
        await server.StartAsync(more: [Everywhere, "--Coos:Access:OpenOnPublicAddress=true"]);

        using var answer = await SubmitAsync(server, "coos.example.org", null);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task With_accounts_it_starts_anywhere()
    {
        await using var server = new OwnServer();

        await server.StartAsync(more: [Everywhere, "--Coos:Access:Submissions=SignedIn"]);
    }

    [Theory]
    [InlineData("coos.example.org", null)]
    [InlineData(null, "192.0.2.1")]
    public async Task What_comes_through_a_proxy_or_under_another_name_is_refused(string? host, string? forwardedFor)
    {
        await using var server = await OwnServer.StartedAsync();

        using var answer = await SubmitAsync(server, host, forwardedFor);

        await new ExpectedProblem(
            HttpStatusCode.Forbidden,
            "Open to this machine only",
            "Nothing was stored. This server accepts submissions without an account only from its own machine. Sign in at /account, or ask the organiser to set Coos:Access:Submissions."
        ).AssertAsync(answer);
    }

    private static async Task<HttpResponseMessage> SubmitAsync(OwnServer server, string? host, string? forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/submissions")
        {
            Content = UploadForm.Tiny("From elsewhere").Test1(0, 0, 1, 1, 2, 2).Content,
        };
        request.Headers.Host = host;
        if (forwardedFor is not null)
        {
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        }

        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Address.Port}") };
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
