using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Access;

/// <summary>Who vouches for an entry, families that submitters name, and the list of own submissions.</summary>
public sealed class VerificationTests
{
    private const string Board = "/api/benchmarks/tiny/leaderboard";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_is_signed_in_until_an_organiser_checks_it()
    {
        await using var server = await TestServer.StartNewAsync();
        var lab = await TestAccount.RegisterAsync(server, "Lab");
        var organiser = await TestAccount.RegisterAsync(server, "Organiser", isOrganiser: true);
        using var client = await lab.CreateClientAsync();
        var anyone = await server.Client.SubmitScoredAsync(UploadForm.Tiny("Anyone", "Typed").Test2(0, 0, 0, 1, 1, 2));
        var own = await client.SubmitScoredAsync(UploadForm.Tiny("", "Signed").Test2(0, 0, 0, 1, 2, 2));

        Assert.Equal(("none", false), ((string?)anyone["verification"], (bool)anyone["verified"]!));
        Assert.Equal(("signedIn", true), ((string?)own["verification"], (bool)own["verified"]!));
        Assert.Equal(["Signed"], await MethodsAsync(server, "?verification=signedIn"));
        Assert.Contains("no account", await server.Client.GetStringAsync($"/submissions/{anyone["id"]}", Cancellation));

        await PerformAsync(organiser, $"check {own["id"]}");
        Assert.Equal(["Signed"], await MethodsAsync(server, "?verification=organiser"));
        Assert.Empty(await MethodsAsync(server, "?verification=signedIn"));
        Assert.Contains("checked by the organiser", await server.Client.GetStringAsync($"/submissions/{own["id"]}", Cancellation));
        var csv = await server.Client.GetStringAsync($"{Board}.csv", Cancellation);
        Assert.Contains(",organiser\n", csv.ReplaceLineEndings("\n"), StringComparison.Ordinal);

        await PerformAsync(organiser, $"uncheck {own["id"]}");
        Assert.Equal(["Signed"], await MethodsAsync(server, "?verification=signedIn"));
    }

    [Fact]
    public async Task A_family_that_a_submitter_names_is_shown_and_filtered_by_in_any_case()
    {
        await using var server = await TestServer.StartNewAsync();
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("One", "ResNet-18").Field("family", "ResNet").Test2(0, 0, 0, 1, 1, 2));
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Two", "ResNet-50").Field("family", "resnet").Test2(0, 0, 0, 1, 2, 2));
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Three", "Layers of ours").Field("family", "VGG19").Test2(0, 0, 0, 2, 2, 2));
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Four", "Text").Field("family", "a\" onload=\"x").Test2(1, 0, 0, 2, 2, 2));

        Assert.Equal(["ResNet-18", "ResNet-50"], (await MethodsAsync(server, "?family=RESNET")).Order(StringComparer.Ordinal));
        Assert.Equal(["Layers of ours"], await MethodsAsync(server, "?family=vgg"));
        Assert.Empty(await MethodsAsync(server, "?family=other"));
        var page = await server.Client.GetStringAsync("/benchmarks/tiny?family=ResNet", Cancellation);
        Assert.Contains("ResNet</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("onload=\"x", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_submissions_show_scores_and_ranks_also_of_private_ones()
    {
        await using var server = await TestServer.StartNewAsync();
        var lab = await TestAccount.RegisterAsync(server, "Lab");
        using var client = await lab.CreateClientAsync();
        await client.SubmitScoredAsync(UploadForm.Tiny("", "Public").Test2(0, 0, 0, 1, 1, 2));
        await client.SubmitScoredAsync(UploadForm.Tiny("", "Private").Field("visibility", "private").Test2(0, 0, 0, 1, 2, 2));
        await client.SubmitScoredAsync(UploadForm.Tiny("", "Incomplete").Test1(0, 0, 1, 1, 2, 2));

        var page = (await lab.Browser.ReadAsync("/account")).ReplaceLineEndings("\n");

        var board = await server.Client.GetJsonAsync(Board);
        var score = 100 * (double)board["rows"]!.AsArray().Single(r => (string?)r!["method"] == "Public")!["score"]!;
        Assert.Equal($"{score:0.00}%", Cell(page, "Public", "mean balanced error"));
        Assert.Equal("1 of 1", Cell(page, "Public", "rank"));
        Assert.EndsWith("%", Cell(page, "Private", "mean balanced error"), StringComparison.Ordinal);
        Assert.Equal("\u2013", Cell(page, "Private", "rank"));
        Assert.Equal("not all ranking splits", Cell(page, "Incomplete", "mean balanced error"));
    }

    private static async Task<IEnumerable<string>> MethodsAsync(TestServer server, string query) =>
        (await server.Client.GetJsonAsync(Board + query))["rows"]!.AsArray().Select(r => (string)r!["method"]!);

    private static async Task PerformAsync(TestAccount organiser, string act) =>
        (await organiser.Browser.SendAsync("/organise", "act", ("act", act))).Dispose();

    /// <summary>The text of a cell of the row of a method.</summary>
    private static string Cell(string page, string method, string label)
    {
        var row = page[page.IndexOf($">{method}</a>", StringComparison.Ordinal)..];
        var cell = row[row.IndexOf($"data-label=\"{label}\"", StringComparison.Ordinal)..];
        return System
            .Net.WebUtility.HtmlDecode(
                cell[(cell.IndexOf('>', StringComparison.Ordinal) + 1)..cell.IndexOf("</td>", StringComparison.Ordinal)]
            )
            .Trim();
    }
}
