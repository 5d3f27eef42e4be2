using System.Net;
using Coos.Server.Accounts;
using Coos.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>Names of people and teams of all scripts, in one spelling each.</summary>
public sealed class PublicNameTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Jose\u0301 Nu\u0301n\u0303ez", "Jos\u00E9 N\u00FA\u00F1ez")]
    [InlineData("O\u2019Brien", "O\u2019Brien")]
    [InlineData("\u0921\u0949. \u0905\u0928\u094D\u0928\u093E", "\u0921\u0949. \u0905\u0928\u094D\u0928\u093E")]
    [InlineData("\u0E01\u0E34\u0E15\u0E15\u0E34", "\u0E01\u0E34\u0E15\u0E15\u0E34")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("\u738B\u5C0F\u660E", "\u738B\u5C0F\u660E")]
    [InlineData("\uFF21\uFF44\uFF41\u3000Lab", "Ada Lab")]
    [InlineData("Nguy\u1EC5n Va\u0306n A", "Nguy\u1EC5n V\u0103n A")]
    public async Task Names_of_all_scripts_register_and_sign_in_as_typed(string typed, string stored)
    {
        await using var server = await TestServer.StartSignedInAsync();
        var browser = new TestBrowser(server.Address);
        using var registered = await browser.SendAsync(
            "/account/register",
            "register",
            ("name", typed),
            ("password", TestAccount.Password)
        );
        using var signedIn = await new TestBrowser(server.Address).SendAsync(
            "/account/sign-in",
            "sign-in",
            ("name", typed),
            ("password", TestAccount.Password)
        );

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (registered.StatusCode, signedIn.StatusCode));
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(stored, await database.Users.Select(a => a.UserName).SingleAsync(Cancellation));
    }

    [Fact]
    public async Task A_team_cannot_look_like_an_account()
    {
        await using var server = await TestServer.StartSignedInAsync();
        await TestAccount.RegisterAsync(server, "Iris Group");
        var other = await TestAccount.RegisterAsync(server, "Other");

        using var refused = await other.Browser.SendAsync("/account", "found-team", ("teamName", "lris Group"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("looks like Iris Group", await refused.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submitter_without_an_account_cannot_look_like_one()
    {
        await using var server = await TestServer.StartNewAsync();
        await TestAccount.RegisterAsync(server, "Ada");

        using var refused = await server.Client.SubmitAsync(UploadForm.Tiny("\u0410d\u0430").Test1(0, 0, 1, 1, 2, 2));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "submitter is, or looks like, the name of an account or team",
            await refused.ReadTextAsync(),
            StringComparison.Ordinal
        );
    }

    /// <summary>Version 0.1.0 stored names and addresses as they were typed.</summary>
    [Fact]
    public async Task Stored_names_and_addresses_are_normalised_at_the_start()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var (one, two) = (await TestAccount.RegisterAsync(server, "One"), await TestAccount.RegisterAsync(server, "Two"));
        using var client = await one.CreateClientAsync();
        var sent = (string)(await client.SubmitScoredAsync(UploadForm.Tiny("").Test1(0, 0, 1, 1, 2, 2)))["links"]!["self"]!;
        await using var database = await server.OpenDatabaseAsync();
        await database.Submissions.ExecuteUpdateAsync(set => set.SetProperty(s => s.Submitter, "\uFF34wo"), Cancellation);
        await database
            .Users.Where(a => a.Id == one.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(a => a.UserName, "\uFF34wo")
                        .SetProperty(a => a.NormalizedUserName, "\uFF34WO")
                        .SetProperty(a => a.Email, "One <one@example.org>")
                        .SetProperty(a => a.NormalizedEmail, "ONE <ONE@EXAMPLE.ORG>"),
                Cancellation
            );

        await server.Services.GetRequiredService<NameUpdate>().RunAsync(Cancellation);

        var row = await database.Users.SingleAsync(a => a.Id == one.Id, Cancellation);
        Assert.Equal(
            ("Two 2", "TWO 2", "one@example.org", "ONE@EXAMPLE.ORG"),
            (row.UserName, row.NormalizedUserName, row.Email, row.NormalizedEmail)
        );
        Assert.Equal("Two", await database.Users.Where(a => a.Id == two.Id).Select(a => a.UserName).SingleAsync(Cancellation));
        Assert.Equal("Two 2", (string?)(await client.GetJsonAsync(sent))["submitter"]);
    }

    [Fact]
    public async Task Long_stored_names_are_shortened_only_for_a_number_and_the_older_account_keeps_the_name()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var (newer, older) = (await TestAccount.RegisterAsync(server, "Newer"), await TestAccount.RegisterAsync(server, "Older"));
        var rest = new string('b', 99);
        await using var database = await server.OpenDatabaseAsync();
        await SetNameAsync(newer.Id, "\uFF21" + rest, DateTime.UnixEpoch.AddDays(2));
        await SetNameAsync(older.Id, "\u24B6" + rest, DateTime.UnixEpoch.AddDays(1));

        await server.Services.GetRequiredService<NameUpdate>().RunAsync(Cancellation);

        var names = await database.Users.ToDictionaryAsync(a => a.Id, a => a.UserName, Cancellation);
        Assert.Equal(("A" + rest, "A" + rest[..97] + " 2"), (names[older.Id], names[newer.Id]));

        Task SetNameAsync(Guid account, string name, DateTime created) =>
            database
                .Users.Where(a => a.Id == account)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(a => a.UserName, name)
                            .SetProperty(a => a.NormalizedUserName, name.ToUpperInvariant())
                            .SetProperty(a => a.CreatedAt, created),
                    Cancellation
                );
    }

    [Fact]
    public async Task Teammates_manage_earlier_submissions_that_were_shared()
    {
        await using var server = await TestServer.StartSignedInAsync();
        var (ada, bo) = (await TestAccount.RegisterAsync(server, "Ada"), await TestAccount.RegisterAsync(server, "Bo"));
        using var client = await ada.CreateClientAsync();
        var earlier = (string)
            (await client.SubmitScoredAsync(UploadForm.Tiny("", "Early").Field("visibility", "private").Test1(0, 0, 1, 1, 2, 2)))["links"]![
                "self"
            ]!;
        (await ada.Browser.SendAsync("/account", "found-team", ("teamName", "Pair"))).Dispose();
        await using var database = await server.OpenDatabaseAsync();
        var code = await database.Teams.Select(t => t.JoinCode).SingleAsync(Cancellation);
        (await bo.Browser.SendAsync("/account", "join-team", ("code", code))).Dispose();
        using var mate = await bo.CreateClientAsync();
        using var before = await mate.GetAsync(earlier, Cancellation);

        using var shared = await ada.Browser.SendAsync("/account", "share-earlier");

        using var after = await mate.PatchAsync(
            earlier,
            new StringContent("""{ "description": "Ours" }""", System.Text.Encoding.UTF8, "application/json"),
            Cancellation
        );
        var document = await after.ReadJsonAsync();
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Redirect), (before.StatusCode, shared.StatusCode));
        Assert.Equal(("Ours", "Ada"), ((string?)document["description"], (string?)document["submitter"]));
        Assert.Contains("Early", await bo.Browser.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.DoesNotContain("Share 1 earlier submission", await ada.Browser.ReadAsync("/account"), StringComparison.Ordinal);
    }
}
