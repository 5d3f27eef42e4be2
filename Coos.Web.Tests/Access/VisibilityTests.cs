using System.Net;
using System.Net.Http.Json;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>Private, hidden and deleted submissions are not found by others in any way.</summary>
public sealed class VisibilityTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("private")]
    [InlineData("hidden")]
    public async Task Submissions_that_others_may_not_see_are_not_found(string kind)
    {
        await using var server = await TestServer.StartSignedInAsync();
        var owner = await TestAccount.RegisterAsync(server, "Owner");
        var other = await TestAccount.RegisterAsync(server, "Other");
        using var client = await owner.CreateClientAsync();
        using var stranger = await other.CreateClientAsync();
        var form = UploadForm
            .Tiny("", "Secret method")
            .Field("visibility", kind == "private" ? "private" : "public")
            .Test1(0, 0, 1, 1, 2, 2)
            .Test2(0, 0, 0, 1, 1, 2);
        var id = (Guid)(await client.SubmitScoredAsync(form))["id"]!;
        await using var database = await server.OpenDatabaseAsync();
        if (kind == "hidden")
        {
            await database.Submissions.ExecuteUpdateAsync(set => set.SetProperty(s => s.HiddenAt, DateTime.UnixEpoch), Cancellation);
        }

        var unknown = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        foreach (
            var path in new[]
            {
                "/api/submissions/{id}",
                "/api/submissions/{id}/confusion/test1",
                "/api/submissions/{id}/confusion/test1.csv",
                "/api/submissions/{id}/wells/test1",
                "/api/submissions/{id}/wells/test1.csv",
                "/api/submissions/{id}/wells/test1.svg",
                "/api/submissions/{id}/wells/test1.png",
                "/api/submissions/{id}/dials",
                "/api/submissions/{id}/dials.csv",
                "/api/submissions/{id}/predictions/test1",
                "/submissions/{id}",
                "/submissions/{id}/classes",
                "/submissions/{id}/classes/0?split=test1",
                "/submissions/{id}/confusion/test1",
                "/submissions/{id}/plates/test1",
                "/submissions/{id}/dials",
            }
        )
        {
            Assert.Equal(await ReadResponseAsync(stranger, path, unknown), await ReadResponseAsync(stranger, path, id));
            Assert.Equal(await ReadResponseAsync(server.Client, path, unknown), await ReadResponseAsync(server.Client, path, id));
        }

        using var deleted = await stranger.DeleteAsync($"/api/submissions/{id}", Cancellation);
        using var changed = await stranger.PatchAsJsonAsync($"/api/submissions/{id}", new { visibility = "public" }, Cancellation);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (deleted.StatusCode, changed.StatusCode));
        foreach (
            var path in new[]
            {
                "/api/benchmarks/tiny/leaderboard",
                "/api/benchmarks/tiny/leaderboard?q=secret",
                "/benchmarks/tiny",
                "/benchmarks/tiny?q=secret",
            }
        )
        {
            Assert.DoesNotContain("Secret method", await server.Client.GetStringAsync(path, Cancellation), StringComparison.Ordinal);
            Assert.DoesNotContain(id.ToString(), await stranger.GetStringAsync(path, Cancellation), StringComparison.Ordinal);
        }

        Assert.Equal(
            kind == "private" ? "private" : "public",
            (string?)(await client.GetJsonAsync($"/api/submissions/{id}"))["visibility"]
        );
        Assert.Contains("Secret method", await owner.Browser.ReadAsync($"/submissions/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Team_submissions_are_visible_to_members_but_not_to_former_members()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var one = await TestAccount.RegisterAsync(server, "One");
        var two = await TestAccount.RegisterAsync(server, "Two");
        (await one.Browser.SendAsync("/account", "found-team", ("teamName", "Pair"))).Dispose();
        await using var database = await server.OpenDatabaseAsync();
        (
            await two.Browser.SendAsync(
                "/account",
                "join-team",
                ("code", await database.Teams.Select(t => t.JoinCode).SingleAsync(Cancellation))
            )
        ).Dispose();
        using var client = await one.CreateClientAsync();
        using var colleague = await two.CreateClientAsync();
        var path = (string)
            (await client.SubmitScoredAsync(UploadForm.Tiny("").Field("visibility", "private").Test1(0, 0, 1, 1, 2, 2)))["links"]!["self"]!;

        Assert.Equal("Pair", (string?)(await colleague.GetJsonAsync(path))["submitter"]);
        using var file = await colleague.GetAsync(path + "/predictions/test1", Cancellation);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        (await two.Browser.SendAsync("/account", "leave-team")).Dispose();
        using var response = await colleague.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task An_owner_can_download_the_original_upload_unchanged()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var owner = await TestAccount.RegisterAsync(server, "Owner");
        using var client = await owner.CreateClientAsync();
        const string Text = "label;image_id\r\nL, t;a-5\r\n2;a-4\r\n1;a-3\r\nS;a-2\r\nround;a-1\r\n0;a-0\r\n";
        var path = (string)(await client.SubmitScoredAsync(UploadForm.Tiny("").File("test1", Text)))["links"]!["self"]!;

        using var response = await client.GetAsync(path + "/predictions/test1", Cancellation);
        using var none = await client.GetAsync(path + "/predictions/test2", Cancellation);

        Assert.Equal(Text, await response.ReadTextAsync());
        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        await ExpectedProblem.NotFound("The submission has no predictions of \"test2\".").AssertAsync(none);
    }

    [Fact]
    public async Task Pages_of_signed_in_users_are_not_cached_for_others()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var one = await TestAccount.RegisterAsync(server, "Reader one");
        var two = await TestAccount.RegisterAsync(server, "Reader two");

        for (var round = 0; round < 3; round++)
        {
            Assert.Contains(">Reader one</a>", await one.Browser.ReadAsync("/benchmarks/tiny"), StringComparison.Ordinal);
            Assert.Contains(">Reader two</a>", await two.Browser.ReadAsync("/benchmarks/tiny"), StringComparison.Ordinal);
            var guest = await server.Client.GetStringAsync("/benchmarks/tiny", Cancellation);
            Assert.DoesNotContain("Reader", guest, StringComparison.Ordinal);
            Assert.Contains(">Sign in</a>", guest, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Submitting_under_the_name_of_an_account_or_team_requires_signing_in_to_it()
    {
        await using var server = await TestServer.StartNewAsync();
        await TestAccount.RegisterAsync(server, "Ada Lovelace");

        using var response = await server.Client.SubmitAsync(UploadForm.Tiny(" ada  lovelace").Test1(0, 0, 1, 1, 2, 2));

        await ExpectedProblem
            .Fields(
                """[ { "field": "submitter", "code": "taken", "message": "submitter is, or looks like, """
                    + """the name of an account or team; sign in to submit under this name, or choose another" } ]"""
            )
            .AssertAsync(response);
    }

    private static async Task<string> ReadResponseAsync(HttpClient client, string path, Guid id)
    {
        using var response = await client.GetAsync(path.Replace("{id}", id.ToString(), StringComparison.Ordinal), Cancellation);
        var text = (await response.ReadTextAsync()).Replace(id.ToString(), "id", StringComparison.Ordinal);
        const string Variable = "00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]|<!--[^>]*-->";
        return $"{(int)response.StatusCode} {System.Text.RegularExpressions.Regex.Replace(text, Variable, "")}";
    }
}
