using System.Net;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>The compare page and the confusion explorer without JavaScript.</summary>
[Collection(ServerCollection.Name)]
public sealed class ComparePageTests(CoosFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_comparison_has_a_summary_and_numbers()
    {
        var (a, b) = await EntryPair.SubmitAsync(server.Client, nameof(A_comparison_has_a_summary_and_numbers));

        var page = await ReadAsync($"/compare?a={a}&b={b}");

        Assert.Contains("No difference shown on Test1.", page, StringComparison.Ordinal);
        Assert.Contains("\u221233.33", page, StringComparison.Ordinal);
        Assert.Contains("only A has this split", page, StringComparison.Ordinal);
        Assert.Contains("Agreement by class", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/submissions/{a}/confusion/test1\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/api/compare?a={a}&b={b}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(HttpExtensions.RequiredScript, page);
    }

    [Fact]
    public async Task Without_a_selection_the_page_lists_the_entries_of_a_benchmark()
    {
        var (a, _) = await EntryPair.SubmitAsync(server.Client, nameof(Without_a_selection_the_page_lists_the_entries_of_a_benchmark));

        var front = await ReadAsync("/compare");
        var tiny = await ReadAsync("/compare?benchmark=tiny");

        Assert.Contains("Choose two entries", front, StringComparison.Ordinal);
        Assert.Contains("DeepLoc", front, StringComparison.Ordinal);
        Assert.Contains($"<option value=\"{a}\"", tiny, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_one_entry_selected_the_page_asks_for_the_second()
    {
        var (a, _) = await EntryPair.SubmitAsync(server.Client, nameof(With_one_entry_selected_the_page_asks_for_the_second));

        var page = await ReadAsync($"/compare?a={a}&b=");

        Assert.Contains("Choose the second entry", page, StringComparison.Ordinal);
        Assert.Matches($"<option value=\"{a}\" selected", page);
    }

    [Theory]
    [InlineData("%iltered", 0)]
    [InlineData("FILTERED lab", 1)]
    [InlineData("_iltered", 0)]
    public async Task The_filter_lists_entries_that_contain_the_text(string text, int count)
    {
        var submission = await SubmitOnceAsync();

        var page = await ReadAsync($"/compare?benchmark=tiny&q={Uri.EscapeDataString(text)}");

        Assert.Equal(count > 0, page.Contains(submission, StringComparison.Ordinal));
        Assert.Contains(count == 0 ? "No entries of Tiny match this text." : "1 entry to choose from.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_selected_entry_stays_listed_when_the_filter_excludes_it()
    {
        var (a, b) = await EntryPair.SubmitAsync(server.Client, nameof(The_selected_entry_stays_listed_when_the_filter_excludes_it));

        var page = await ReadAsync($"/compare?a={a}&b={b}&q=no-such-entry");

        Assert.Matches($"<option value=\"{a}\" selected", page);
        Assert.Matches($"<option value=\"{b}\" selected", page);
    }

    [Fact]
    public async Task A_private_submission_is_not_listed()
    {
        var submission = await server.Client.SubmitScoredAsync(
            UploadForm.Tiny("Compare hidden", "Hidden method").Field("visibility", "private").Test1(2, 2, 2, 2, 2, 2)
        );

        var page = await ReadAsync("/compare?benchmark=tiny&q=hidden");

        Assert.Equal("private", (string?)submission["visibility"]);
        Assert.DoesNotContain("Hidden method", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reported_results_are_shown_side_by_side_without_a_test()
    {
        var (a, b) = await EntryPair.ReportedAsync(server.Client);

        var page = await ReadAsync($"/compare?a={a}&b={b}");

        Assert.Contains("whose predictions are not published", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Agreement by class", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_invalid_selection_has_a_message_and_status()
    {
        var (a, _) = await EntryPair.ReportedAsync(server.Client);
        var (tiny, _) = await EntryPair.SubmitAsync(server.Client, nameof(Every_invalid_selection_has_a_message_and_status));

        await AssertMessageAsync($"/compare?a={a}&b={a}", HttpStatusCode.BadRequest, "The same entry twice");
        await AssertMessageAsync($"/compare?a={a}&b=x", HttpStatusCode.BadRequest, "b is not a valid id");
        await AssertMessageAsync($"/compare?a={a}&b={tiny}", HttpStatusCode.BadRequest, "Different benchmarks");
        await AssertMessageAsync($"/compare?a={a}&b={Guid.Empty}", HttpStatusCode.BadRequest, "There is no submission");
        await AssertMessageAsync($"/submissions/{tiny}/confusion/test1?against={a}", HttpStatusCode.BadRequest, "Different benchmarks");
        await AssertMessageAsync($"/submissions/{tiny}/confusion/test1?against={tiny}", HttpStatusCode.BadRequest, "The same entry twice");
        await AssertMessageAsync($"/submissions/{tiny}/confusion/test1?against=x", HttpStatusCode.BadRequest, "choose an entry below");
        await AssertMessageAsync(
            $"/submissions/{tiny}/confusion/test1?from=test3",
            HttpStatusCode.BadRequest,
            "This entry has no predictions of \"test3\""
        );
    }

    [Fact]
    public async Task The_explorer_shows_the_effect_of_the_shift_and_of_another_entry()
    {
        var (a, b) = await EntryPair.SubmitAsync(server.Client, nameof(The_explorer_shows_the_effect_of_the_shift_and_of_another_entry));

        var shift = await ReadAsync($"/submissions/{a}/confusion/test2?from=test1");
        var against = await ReadAsync($"/submissions/{b}/confusion/test1?against={a}&order=loss");
        var plain = await ReadAsync($"/submissions/{a}/confusion/test1");

        Assert.Contains("Test2 minus Test1, points", shift, StringComparison.Ordinal);
        Assert.Contains(
            "Long, thin predicted correctly: 50.0% on Test1, 0.0% on Test2: \u221250.0 points",
            shift,
            StringComparison.Ordinal
        );
        Assert.Contains("instead of", shift, StringComparison.Ordinal);
        Assert.Contains("Round predicted as Square: only A in 1 images, only B in 0: +50.0 points", against, StringComparison.Ordinal);
        Assert.Contains($"href=\"/api/submissions/{a}/confusion/test2?from=test1\"", shift, StringComparison.Ordinal);
        Assert.Contains($"href=\"/api/submissions/{b}/confusion/test1?against={a}\"", against, StringComparison.Ordinal);
        Assert.Contains(
            "Long, thin predicted correctly: 1 of 2 images, 50.0%, 95% interval 9.5\u201390.5",
            plain,
            StringComparison.Ordinal
        );
        Assert.All(new[] { shift, against, plain }, html => Assert.DoesNotContain("NaN", html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Classes_can_be_sorted_by_the_largest_loss()
    {
        var (a, _) = await EntryPair.SubmitAsync(server.Client, nameof(Classes_can_be_sorted_by_the_largest_loss));

        var inOrder = await ReadAsync($"/submissions/{a}/confusion/test1");
        var byLoss = await ReadAsync($"/submissions/{a}/confusion/test1?order=loss");

        Assert.Equal(["R", "S", "L, t"], Rows(inOrder));
        Assert.Equal(["L, t", "R", "S"], Rows(byLoss));
    }

    [Fact]
    public async Task A_submission_page_links_to_its_matrices_and_the_comparison()
    {
        var (a, _) = await EntryPair.SubmitAsync(server.Client, nameof(A_submission_page_links_to_its_matrices_and_the_comparison));

        var page = await ReadAsync($"/submissions/{a}");

        Assert.Contains($"href=\"/compare?a={a}\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/submissions/{a}/confusion/test2?from=test1\"", page, StringComparison.Ordinal);
        Assert.Contains(
            "aria-label=\"Confusion matrix of Test1, balanced error 16.7%; its page has the numbers as a table\"",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("coos score --benchmark benchmarks/tiny --split test2 test2.csv", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Calibration", page, StringComparison.Ordinal);
    }

    /// <summary>The row headers of the first matrix.</summary>
    private static string[] Rows(string page) =>
        [
            .. System
                .Text.RegularExpressions.Regex.Matches(page, "<th scope=\"row\"><abbr title=\"[^\"]+\">([^<]+)</abbr>")
                .Take(3)
                .Select(m => m.Groups[1].Value),
        ];

    private async Task<string> SubmitOnceAsync()
    {
        using var response = await server.Client.SubmitAsync(UploadForm.Tiny("Filtered lab", "Filtered method").Test1(1, 1, 1, 1, 1, 1));
        return "Filtered method";
    }

    private async Task AssertMessageAsync(string address, HttpStatusCode status, string text)
    {
        using var response = await server.Client.GetAsync(address, Cancellation);
        var page = WebUtility.HtmlDecode(await response.ReadTextAsync());
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(text, page, StringComparison.Ordinal);
    }

    private async Task<string> ReadAsync(string address)
    {
        using var response = await server.Client.GetAsync(address, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return WebUtility.HtmlDecode(await response.ReadTextAsync());
    }
}
