using System.Net;
using System.Text.RegularExpressions;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Exports of leaderboards as files and as text to copy.</summary>
[Collection(ServerCollection.Name)]
public sealed partial class ExportTests(CoosFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_JSON_export_has_all_rows_in_one_page()
    {
        var all = await server.Client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard.json");
        var page = await server.Client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard?pageSize=500");

        Assert.Equal((25, 1, 25), ((int)all["total"]!, (int)all["page"]!, (int)all["pageSize"]!));
        Assert.Equal(page["rows"]!.ToJsonString(), all["rows"]!.ToJsonString());
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("tex")]
    [InlineData("bib")]
    public async Task Exports_of_an_unknown_benchmark_are_not_found(string extension)
    {
        using var response = await server.Client.GetAsync($"/api/benchmarks/no-such/leaderboard.{extension}", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_LaTeX_table_has_one_row_per_entry_and_the_best_values_in_bold()
    {
        var text = await ReadAsync("/api/benchmarks/coos-7/leaderboard.tex", "application/x-tex");

        Assert.Contains(
            @"1 & DeepLoc (FC2), kNN & Lu et al. 2019, Table 3 & 1.3 & 1.5 & 6.9 & 4.7 & \textbf{5.80} & +4.5 \\",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            @"2 & DeepLoc (FC2), L1 LR & Lu et al. 2019, Table 3 & \textbf{1.1} & \textbf{1.4} & 7.7 & \textbf{4.1} & 5.90 & +4.8 \\",
            text,
            StringComparison.Ordinal
        );
        Assert.Equal(26, text.Split(" \\\\\n").Length - 1);
        Assert.Equal(Count(text, @"\begin{"), Count(text, @"\end{"));
        Assert.Contains(@"class-balanced error in \%", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Published_results_are_cited_by_the_entry_of_the_benchmark()
    {
        var text = await ReadAsync("/api/benchmarks/coos-7/leaderboard.bib", "application/x-bibtex");

        Assert.StartsWith("@inproceedings{lu2019cells,", text, StringComparison.Ordinal);
        Assert.Contains("\n% 25 results reported in: Lu et al. 2019, Table 3\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("@misc", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_participants_is_escaped_in_exports()
    {
        const string Method = @"100% of {a_b} & $x^2$ | \cmd #1 ~";
        var submission = await server.Client.SubmitScoredAsync(
            UploadForm.Tiny("Lab *of* [x](y)", Method).Test1(0, 0, 1, 1, 2, 1).Test2(0, 0, 0, 1, 2, 2)
        );
        var id = (string)submission["id"]!;

        var latex = await ReadAsync("/api/benchmarks/tiny/leaderboard.tex", "application/x-tex");
        var cited = await ReadAsync("/api/benchmarks/tiny/leaderboard.bib", "application/x-bibtex");
        var page = WebUtility.HtmlDecode(await server.Client.GetStringAsync("/benchmarks/tiny?q=100%25%20of&copy=markdown", Cancellation));

        const string Escaped =
            @"100\% of \textbraceleft{}a\_b\textbraceright{} \& \$x\textasciicircum{}2\$ "
            + @"\textbar{} \textbackslash{}cmd \#1 \textasciitilde{}";
        Assert.Contains($"& {Escaped} &", latex, StringComparison.Ordinal);
        Assert.Contains($"  title = {{{{{Escaped}}} on the leaderboard of {{Tiny}}}},", cited, StringComparison.Ordinal);
        Assert.Contains($"@misc{{tiny-100-of-a-b-x-2-cmd-1-{id[^12..]},", cited, StringComparison.Ordinal);
        Assert.Contains($"/submissions/{id}", cited, StringComparison.Ordinal);
        Assert.All(Entries().Split(cited), entry => Assert.Equal(Count(entry, "{"), Count(entry, "}")));
        var row = Assert.Single(page.Split('\n'), l => l.Contains("Lab", StringComparison.Ordinal) && l.StartsWith('|'));
        Assert.Contains(@"| 100% of \{a\_b\} \& \$x^2\$ \| \\cmd \#1 \~ | Lab \*of\* \[x\](y) |", row, StringComparison.Ordinal);
    }

    /// <summary>A spreadsheet program runs cells that look like formulas.</summary>
    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "@lab", "\"'=HYPERLINK(\"\"http://x\"\")\",'@lab")]
    [InlineData("+1+cmd|' /C calc'!A0", "-2+3", "'+1+cmd|' /C calc'!A0,'-2+3")]
    [InlineData("-0.5", "+1e-3", "-0.5,+1e-3")]
    [InlineData("-Infinity", "'=1", "'-Infinity,'=1")]
    [InlineData("a=b", "Lab -1", "a=b,Lab -1")]
    public async Task Names_in_the_CSV_export_are_not_formulas(string method, string submitter, string cells)
    {
        var submission = await server.Client.SubmitScoredAsync(
            UploadForm.Tiny(submitter, method).Test1(0, 0, 1, 1, 2, 2).Test2(0, 0, 0, 1, 2, 0)
        );

        var text = await ReadAsync("/api/benchmarks/tiny/leaderboard.csv", "text/csv");

        var row = Assert.Single(text.Split('\n'), l => l.Contains((string)submission["id"]!, StringComparison.Ordinal));
        Assert.Contains($",{submission["id"]},{cells},submission,", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Negative_numbers_in_the_CSV_export_are_unchanged()
    {
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Better under shift").Test1(2, 2, 1, 1, 0, 0).Test2(0, 0, 0, 1, 1, 2));

        var text = await ReadAsync("/api/benchmarks/tiny/leaderboard.csv", "text/csv");

        Assert.Matches("(?m)Better under shift,submission,.*,-0\\.6666", text);
    }

    [Fact]
    public async Task The_text_to_copy_has_the_rows_that_are_shown()
    {
        var page = WebUtility.HtmlDecode(await server.Client.GetStringAsync("/?q=texture&copy=markdown", Cancellation));

        Assert.Contains(
            "| Rank | Method | By | Test1 | Test2 | Test3 | Test4 | Mean | Gap |\n| ---: | --- | --- | ---: | ---: | "
                + "---: | ---: | ---: | ---: |\n| 22 | Texture, L1 LR |",
            page,
            StringComparison.Ordinal
        );
        Assert.Equal(5, page.Split('\n').Count(l => l.StartsWith('|') || l.Contains(">| ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_submission_page_has_its_citation_and_badge()
    {
        var submission = await server.Client.SubmitScoredAsync(
            UploadForm.Tiny("Cited lab", "Cited & sound").Test1(0, 0, 1, 1, 0, 0).Test2(0, 0, 0, 1, 1, 0)
        );
        var address = (string)submission["links"]!["page"]!;

        var page = WebUtility.HtmlDecode(await server.Client.GetStringAsync(address, Cancellation));

        Assert.Contains("  author = {{Cited lab}},\n", page, StringComparison.Ordinal);
        Assert.Contains(@"Class-balanced error 33.33\% on Test2; evaluator", page, StringComparison.Ordinal);
        Assert.Contains(
            $"[![Tiny]({server.Address}submissions/{submission["id"]}/badge.svg)]({server.Address}submissions/{submission["id"]})",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains($"<img src=\"{address}/badge.svg\"", page, StringComparison.Ordinal);
    }

    private async Task<string> ReadAsync(string address, string type)
    {
        using var response = await server.Client.GetAsync(address, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        return await response.ReadTextAsync();
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("(?=@misc)")]
    private static partial Regex Entries();
}
