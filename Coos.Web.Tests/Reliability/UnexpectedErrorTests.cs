using System.Net;
using System.Text.Json.Nodes;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>An unexpected error is reported as a server error with advice and without internal details.</summary>
public sealed class UnexpectedErrorTests
{
    [Fact]
    public async Task The_API_returns_a_problem_document()
    {
        await using var server = new TestServer { Replace = ThrowingRoute.AddTo };
        await server.StartAsync();

        using var response = await server.Client.GetAsync("/api/throws", TestContext.Current.CancellationToken);

        Assert.DoesNotContain(ThrowingRoute.Secret, await response.ReadTextAsync(), StringComparison.Ordinal);
        await new ExpectedProblem(
            HttpStatusCode.InternalServerError,
            "An error occurred while processing your request.",
            "This is an error of the server and was written to its log under this traceId. "
                + "Nothing was stored in part; try again in a moment."
        ).AssertAsync(response);
    }

    [Fact]
    public async Task A_page_shows_a_message()
    {
        await using var server = new TestServer { Replace = ThrowingRoute.AddTo };
        await server.StartAsync();

        using var response = await server.Client.GetAsync("/throws", TestContext.Current.CancellationToken);
        var page = await response.ReadTextAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("<h1>Something went wrong</h1>", page, StringComparison.Ordinal);
        Assert.Contains("Go to the leaderboard", page, StringComparison.Ordinal);
        Assert.Matches("Log reference, for the organiser of this server: <code>00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]</code>", page);
        Assert.DoesNotContain("InvalidOperationException", page, StringComparison.Ordinal);
        Assert.DoesNotContain(ThrowingRoute.Secret, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_reported_as_such()
    {
        await using var server = new TestServer { Replace = ThrowingRoute.AddTo };
        await server.StartAsync();

        using var response = await server.Client.GetAsync("/api/full", TestContext.Current.CancellationToken);
        using var page = await server.Client.GetAsync("/full", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.InsufficientStorage, HttpStatusCode.InsufficientStorage), (response.StatusCode, page.StatusCode));
        var (problem, text) = (await response.ReadTextAsync(), await page.ReadTextAsync());
        Assert.StartsWith(
            "The disk of the server's database is full.",
            (string?)JsonNode.Parse(problem)!["detail"],
            StringComparison.Ordinal
        );
        Assert.Contains("The server is out of storage", text, StringComparison.Ordinal);
        Assert.DoesNotContain(ThrowingRoute.Secret, problem + text, StringComparison.Ordinal);
    }
}
