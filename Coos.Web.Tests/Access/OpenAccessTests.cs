using System.Net;
using Coos.Server.Configuration;
using Coos.Web.Accounts;
using Coos.Web.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>A server without accounts listens only on its own machine unless two settings allow more.</summary>
[OneDatabase]
public sealed class OpenAccessTests
{
    private const string AllInterfaces = "--urls=http://0.0.0.0:0";

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://*:0")]
    public async Task Open_access_on_a_public_address_stops_the_start_with_the_reason(string address)
    {
        await using var server = new TestServer();

        var problem = await Assert.ThrowsAsync<StartException>(() => server.StartAsync(settings: $"--urls={address}"));

        Assert.Equal(OpenAccess.Message, problem.Message);
        Assert.Contains("Coos:Access:OpenOnPublicAddress", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_second_setting_open_access_works_on_a_public_address()
    {
        await using var server = new TestServer();
        await server.StartAsync(settings: [AllInterfaces, "--Coos:Access:OpenOnPublicAddress=true"]);

        using var response = await SubmitAsync(server, "coos.example.org", null);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task Open_access_behind_a_proxy_stops_the_start_with_the_reason()
    {
        await using var server = new TestServer();

        var problem = await Assert.ThrowsAsync<StartException>(() => server.StartAsync(settings: "--Coos:Proxies=127.0.0.1"));

        Assert.StartsWith("Coos:Proxies: is set while Coos:Access:Submissions is Open", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Coos:Access:OpenOnPublicAddress to true", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_second_setting_open_access_works_behind_a_proxy()
    {
        await using var server = new TestServer();
        await server.StartAsync(settings: ["--Coos:Proxies=127.0.0.1", "--Coos:Access:OpenOnPublicAddress=true"]);

        using var response = await SubmitAsync(server, "coos.example.org", "192.0.2.1");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    /// <summary>A proxy that passes its own address on as Host makes every client look local by its Host header.</summary>
    [Theory]
    [InlineData("127.0.0.1", "localhost:5000", true)]
    [InlineData("::1", "[::1]:5000", true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1:5000", true)]
    [InlineData("192.0.2.1", "localhost:5000", false)]
    [InlineData("127.0.0.1", "coos.example.org", false)]
    [InlineData(null, "localhost:5000", false)]
    public void The_address_of_the_client_decides_whether_a_request_is_local(string? client, string host, bool isLocal)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = client is null ? null : IPAddress.Parse(client);
        context.Request.Host = new HostString(host);

        Assert.Equal(isLocal, OpenAccess.IsFromThisMachine(context));
    }

    [Fact]
    public async Task A_server_with_accounts_can_listen_on_any_address()
    {
        await using var server = new TestServer();

        await server.StartAsync(settings: [AllInterfaces, "--Coos:Access:Submissions=SignedIn"]);
    }

    [Theory]
    [InlineData("coos.example.org", null)]
    [InlineData(null, "192.0.2.1")]
    public async Task Requests_through_a_proxy_or_with_another_host_name_are_rejected(string? host, string? forwardedFor)
    {
        await using var server = await TestServer.StartNewAsync();

        using var response = await SubmitAsync(server, host, forwardedFor);

        await new ExpectedProblem(
            HttpStatusCode.Forbidden,
            "Open to this machine only",
            "Nothing was stored. This server accepts submissions without an account only from its own machine. Sign in at "
                + "/account, or ask the organiser to set Coos:Access:Submissions."
        ).AssertAsync(response);
    }

    private static async Task<HttpResponseMessage> SubmitAsync(TestServer server, string? host, string? forwardedFor)
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
