using System.Net;
using System.Net.Http.Json;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>What is private, hidden or deleted is not there for others, in whatever way they look.</summary>
public sealed class VisibilityTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("private")]
    [InlineData("hidden")]
    public async Task What_others_must_not_see_is_answered_as_if_it_did_not_exist(string kind)
    {
        await using var server = await OwnServer.SignedInAsync();
        var owner = await TestAccount.RegisterAsync(server, "Owner");
        var other = await TestAccount.RegisterAsync(server, "Other");
        using var program = await owner.ProgramAsync();
        using var stranger = await other.ProgramAsync();
        var form = UploadForm
            .Tiny("", "Secret method")
            .Field("visibility", kind == "private" ? "private" : "public")
            .Test1(0, 0, 1, 1, 2, 2)
            .Test2(0, 0, 0, 1, 1, 2);
        var id = (Guid)(await program.SubmitScoredAsync(form))["id"]!;
        await using var database = await server.OpenDatabaseAsync();
        if (kind == "hidden")
        {
            await database.Submissions.ExecuteUpdateAsync(set => set.SetProperty(s => s.HiddenAt, DateTime.UnixEpoch), Cancellation);
        }

        var nobody = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        foreach (
            var path in new[]
            {
                "/api/submissions/{id}",
                "/api/submissions/{id}/confusion/test1",
                "/api/submissions/{id}/confusion/test1.csv",
                "/api/submissions/{id}/predictions/test1",
                "/submissions/{id}",
                "/submissions/{id}/confusion/test1",
            }
        )
        {
            Assert.Equal(await AnswerAsync(stranger, path, nobody), await AnswerAsync(stranger, path, id));
            Assert.Equal(await AnswerAsync(server.Client, path, nobody), await AnswerAsync(server.Client, path, id));
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
            (string?)(await program.GetJsonAsync($"/api/submissions/{id}"))["visibility"]
        );
        Assert.Contains("Secret method", await owner.Browser.ReadAsync($"/submissions/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_team_sees_what_a_member_sent_for_it_and_who_left_does_not()
    {
        await using var server = await OwnServer.SignedInAsync();
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
        using var program = await one.ProgramAsync();
        using var colleague = await two.ProgramAsync();
        var path = (string)
            (await program.SubmitScoredAsync(UploadForm.Tiny("").Field("visibility", "private").Test1(0, 0, 1, 1, 2, 2)))["links"]![
                "self"
            ]!;

        Assert.Equal("Pair", (string?)(await colleague.GetJsonAsync(path))["submitter"]);
        (await two.Browser.SendAsync("/account", "leave-team")).Dispose();
        using var answer = await colleague.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_original_upload_comes_back_to_its_owner_as_it_was_sent()
    {
        await using var server = await OwnServer.SignedInAsync();
        var owner = await TestAccount.RegisterAsync(server, "Owner");
        using var program = await owner.ProgramAsync();
        const string Text = "label;image_id\r\nL, t;a-5\r\n2;a-4\r\n1;a-3\r\nS;a-2\r\nround;a-1\r\n0;a-0\r\n";
        var path = (string)(await program.SubmitScoredAsync(UploadForm.Tiny("").File("test1", Text)))["links"]!["self"]!;

        using var answer = await program.GetAsync(path + "/predictions/test1", Cancellation);
        using var none = await program.GetAsync(path + "/predictions/test2", Cancellation);

        Assert.Equal(Text, await answer.ReadTextAsync());
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        await ExpectedProblem.NotFound("The submission has no predictions of \"test2\".").AssertAsync(none);
    }

    [Fact]
    public async Task A_page_made_for_somebody_signed_in_is_never_served_to_another()
    {
        await using var server = await OwnServer.SignedInAsync();
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
    public async Task Nobody_submits_under_the_name_of_an_account_or_team_without_it()
    {
        await using var server = await OwnServer.StartedAsync();
        await TestAccount.RegisterAsync(server, "Ada Lovelace");

        using var answer = await server.Client.SubmitAsync(UploadForm.Tiny(" ada  lovelace").Test1(0, 0, 1, 1, 2, 2));

        await ExpectedProblem
            .Fields(
                """[ { "field": "submitter", "code": "taken", "message": "submitter is the name of an account or team; sign in to submit under this name, or choose another" } ]"""
            )
            .AssertAsync(answer);
    }

    private static async Task<string> AnswerAsync(HttpClient client, string path, Guid id)
    {
        using var answer = await client.GetAsync(path.Replace("{id}", id.ToString(), StringComparison.Ordinal), Cancellation);
        var text = (await answer.ReadTextAsync()).Replace(id.ToString(), "id", StringComparison.Ordinal);
        return $"{(int)answer.StatusCode} {System.Text.RegularExpressions.Regex.Replace(text, "00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]|<!--[^>]*-->", "")}";
    }
}
