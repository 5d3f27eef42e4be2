using System.Net;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Pages without JavaScript.</summary>
[Collection(ServerCollection.Name)]
public sealed class PageTests(CoosFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_front_page_shows_the_results_of_the_paper()
    {
        var page = await ReadAsync("/");

        Assert.Contains("COOS-7", page, StringComparison.Ordinal);
        Assert.Contains("DeepLoc (FC2)", page, StringComparison.Ordinal);
        Assert.Contains("Texture", page, StringComparison.Ordinal);
        Assert.Contains("5.80", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/compare?benchmark=coos-7\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Which classes are confused under shift", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(HttpExtensions.RequiredScript, page);
    }

    [Fact]
    public async Task Bundled_baselines_have_family_markers_and_the_best_one_shows_its_matrices()
    {
        var page = System.Net.WebUtility.HtmlDecode(await ReadAsync("/benchmarks/coos-sim"));

        Assert.All(
            ["texture", "vgg", "pci", "deeploc"],
            family => Assert.Contains($"<svg class=\"mark {family}\"", page, StringComparison.Ordinal)
        );
        Assert.Contains("<h2 id=\"shift-confusions\">Which classes are confused under shift</h2>", page, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Confusion matrix of Test4, balanced error ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_and_filters_are_in_the_address()
    {
        var submission = await server.Client.SubmitScoredAsync(
            UploadForm
                .Tiny("Columns lab", "VGG19 by columns")
                .Field("externalData", "false")
                .Field("codeUrl", "https://example.org/columns")
                .Test1(0, 0, 1, 1, 2, 2)
                .Test2(0, 0, 0, 1, 1, 0)
        );

        var narrow = await ReadAsync("/benchmarks/tiny?family=vgg&externalData=false");
        var allColumns = System.Net.WebUtility.HtmlDecode(await ReadAsync("/benchmarks/tiny?family=vgg&externalData=false&columns=all"));
        var other = await ReadAsync("/benchmarks/tiny?family=pci");

        Assert.Contains("VGG19 by columns", narrow, StringComparison.Ordinal);
        Assert.Contains("href=\"https://example.org/columns\"", narrow, StringComparison.Ordinal);
        Assert.DoesNotContain("External data</th>", narrow, StringComparison.Ordinal);
        Assert.Contains("External data</th>", allColumns, StringComparison.Ordinal);
        Assert.Contains($"href=\"/compare?a={submission["id"]}\"", allColumns, StringComparison.Ordinal);
        Assert.Contains("<input type=\"hidden\" name=\"family\" value=\"vgg\"", allColumns, StringComparison.Ordinal);
        Assert.Contains("No entries match this filter.", other, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", allColumns, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Published_results_show_the_cost_of_the_shift_and_no_robustness_from_a_poor_line()
    {
        var page = System.Net.WebUtility.HtmlDecode(await ReadAsync("/benchmarks/coos-7/generalisation"));
        var board = await server.Client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard");

        Assert.False((bool)board["robustness"]!["isReliable"]!);
        Assert.All(board["rows"]!.AsArray(), r => Assert.Null(r!["generalisation"]!["effectiveRobustness"]));
        Assert.Contains("fitted to them, R² 0.57.", page, StringComparison.Ordinal);
        Assert.Contains("The line explains too little for effective robustness, which needs R² of 0.80.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("above the line", page, StringComparison.Ordinal);
        Assert.All(board["rows"]!.AsArray(), r => Assert.Null(r!["rankInterval"]));
        Assert.All(
            board["rows"]!.AsArray(),
            r => Assert.All(r!["generalisation"]!["gaps"]!.AsObject(), g => Assert.Null(g.Value!["interval"]))
        );
        Assert.Contains("Ranks follow the scores alone.", await ReadAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submission_pages_show_the_scores()
    {
        var submission = await server.Client.SubmitScoredAsync(
            UploadForm.Tiny("Pages lab", "Pages method").Test1(0, 1, 1, 1, 2, 0).Test2(0, 0, 1, 1, 1, 1)
        );
        var address = (string)submission["links"]!["page"]!;

        var board = await ReadAsync("/benchmarks/tiny?q=pages lab");
        var page = await ReadAsync(address);
        var confusion = await ReadAsync(address + "/confusion/test2");

        Assert.Contains("Pages method", board, StringComparison.Ordinal);
        Assert.Contains($"href=\"{address}\"", board, StringComparison.Ordinal);
        Assert.Contains("33.3", page, StringComparison.Ordinal);
        Assert.Contains("44.4", page, StringComparison.Ordinal);
        Assert.Contains($"{address}/confusion/test1", page, StringComparison.Ordinal);
        Assert.Contains("66.7", confusion, StringComparison.Ordinal);
        Assert.Contains("Long, thin", confusion, StringComparison.Ordinal);
        Assert.Contains("<script type=\"module\" src=\"js/copy", page, StringComparison.Ordinal);
        Assert.All(new[] { board, confusion }, html => Assert.DoesNotMatch(HttpExtensions.RequiredScript, html));
    }

    [Fact]
    public async Task A_reported_result_page_shows_only_reported_values()
    {
        var board = await server.Client.GetJsonAsync("/api/benchmarks/coos-7/leaderboard?pageSize=1");
        var address = (string)board["rows"]![0]!["links"]!["page"]!;

        var page = await ReadAsync(address);
        var confusion = await ReadAsync(address + "/confusion/test3");

        Assert.Contains("reported in the paper", page, StringComparison.Ordinal);
        Assert.DoesNotContain("95% interval", page, StringComparison.Ordinal);
        Assert.Contains("A confusion matrix is therefore not available.", confusion, StringComparison.Ordinal);
        Assert.DoesNotContain("<table class=\"confusion\"", confusion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_submit_form_works_without_JavaScript()
    {
        var form = await SubmitForm.OpenAsync(server.Client, "tiny");

        using var response = await form.Field("method", "By form").Field("submitter", "Form lab").Test1(0, 0, 1, 1, 2, 1).SendAsync();
        var page = await response.ReadTextAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("/submissions/", response.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("By form", page, StringComparison.Ordinal);
        Assert.Contains("16.7", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_form_shows_its_problems_and_keeps_the_input()
    {
        var before = await StoredRows.CountAsync(server.Services);
        var form = await SubmitForm.OpenAsync(server.Client, "tiny");

        using var response = await form.Field("method", "Kept method").Field("submitter", "Kept lab").Test1(0, 0, 1, 1, 2, 9).SendAsync();
        var page = await response.ReadTextAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("value=\"Kept method\"", page, StringComparison.Ordinal);
        Assert.Contains("unknown-class", page, StringComparison.Ordinal);
        Assert.Equal(before, await StoredRows.CountAsync(server.Services));
    }

    [Fact]
    public async Task A_benchmark_without_labels_explains_how_to_import_them()
    {
        var page = await ReadAsync("/benchmarks/coos-7/submit");

        Assert.Contains("image_id,label", page, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"file\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/benchmarks/no-such")]
    [InlineData("/benchmarks/no-such/submit")]
    [InlineData("/benchmarks/no-such/generalisation")]
    [InlineData("/submissions/no-id")]
    [InlineData("/submissions/00000000-0000-0000-0000-000000000000")]
    [InlineData("/submissions/00000000-0000-0000-0000-000000000000/confusion/test1")]
    public async Task An_unknown_page_gives_404_with_a_message(string address)
    {
        using var response = await server.Client.GetAsync(address, Cancellation);
        var page = await response.ReadTextAsync();

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Page not found", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_rejected_with_a_page()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/benchmarks/tiny/submit")
        {
            Content = UploadForm.Tiny("x").File("test1", new byte[3 * CoosFixture.MaximumBytes]).Content,
        };
        request.Headers.ExpectContinue = true;

        using var response = await server.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("<h1>The upload is too large</h1>", await response.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cross_site_form_is_rejected_with_a_page()
    {
        var before = await StoredRows.CountAsync(server.Services);

        using var response = await server.Client.PostAsync(
            "/benchmarks/tiny/submit",
            UploadForm.Tiny("Forged").Field("_handler", "submit").Test1(0, 0, 0, 0, 0, 0).Content,
            Cancellation
        );

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("<h1>The request could not be read</h1>", await response.ReadTextAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await StoredRows.CountAsync(server.Services));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_checks_report_a_healthy_server(string address) => Assert.Equal("Healthy", await ReadAsync(address));

    private async Task<string> ReadAsync(string address)
    {
        using var response = await server.Client.GetAsync(address, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.ReadTextAsync();
    }
}
