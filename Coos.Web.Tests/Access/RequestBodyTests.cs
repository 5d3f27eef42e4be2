using System.Net;
using System.Text;
using Coos.Web.Operations.Security;
using Coos.Web.Submissions;
using Coos.Web.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>Bodies are read only from senders who may act, and only up to the limit of the endpoint.</summary>
[OneDatabase]
public sealed class RequestBodyTests : IAsyncLifetime
{
    private const int Large = (int)BodyLimit.DefaultBytes + 1;

    private readonly TestServer _server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.StartAsync(settings: "--Coos:Access:Submissions=SignedIn");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("PATCH", "application/json")]
    [InlineData("POST", "multipart/form-data; boundary=b")]
    public async Task The_body_of_a_sender_without_permission_is_not_read(string method, string type)
    {
        using var owner = await (await TestAccount.RegisterAsync(_server, "Owner")).CreateClientAsync();
        var submission = await owner.SubmitScoredAsync(UploadForm.Tiny("Owner").Test1(0, 0, 1, 1, 2, 2));
        var body = new WatchedBody(type, Large);
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            method == "PATCH" ? $"/api/submissions/{submission["id"]}" : "/benchmarks/tiny/submit"
        )
        {
            Content = body,
            Headers = { ExpectContinue = true },
        };

        // The client sends the body only after the server asks for it.
        using var client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(2) })
        {
            BaseAddress = _server.Address,
        };
        using var response = await client.SendAsync(request, Cancellation);

        Assert.Equal((HttpStatusCode.Unauthorized, false), (response.StatusCode, body.IsSent));
        if (method == "POST")
        {
            Assert.Contains("Sign in</a>\n        to submit", await response.ReadTextAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_change_larger_than_64_KB_is_rejected()
    {
        using var owner = await (await TestAccount.RegisterAsync(_server, "Owner")).CreateClientAsync();
        var submission = await owner.SubmitScoredAsync(UploadForm.Tiny("Owner").Test1(0, 0, 1, 1, 2, 2));
        using var body = new StringContent($$"""{ "description": "short"{{new string(' ', Large)}}}""", Encoding.UTF8, "application/json");

        using var response = await owner.PatchAsync($"/api/submissions/{submission["id"]}", body, Cancellation);

        await new ExpectedProblem(
            HttpStatusCode.RequestEntityTooLarge,
            "Content Too Large",
            "Nothing was stored. The body of this request may have 65,536 bytes."
        ).AssertAsync(response);
    }

    [Fact]
    public async Task A_form_without_files_larger_than_64_KB_is_rejected_with_a_page()
    {
        using var response = await new TestBrowser(_server.Address).SendAsync(
            "/account/sign-in",
            "sign-in",
            ("name", "Nobody"),
            ("password", new string('x', Large))
        );

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("A form without files may have 65,536 bytes.", await response.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_endpoints_that_receive_files_accept_large_bodies()
    {
        var marked =
            from endpoint in _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where endpoint.Metadata.GetMetadata<ReceivesFilesAttribute>() is not null
            select "/" + endpoint.RoutePattern.RawText!.Trim('/');

        Assert.Equal(
            [
                "/api/benchmarks/{slug}/splits/{split}/labels",
                "/api/submissions",
                "/api/submissions/validate",
                "/api/uploads",
                "/benchmarks/{Slug}/submit",
                "/organise/labels",
            ],
            marked.Distinct().Order(StringComparer.Ordinal)
        );
    }
}
