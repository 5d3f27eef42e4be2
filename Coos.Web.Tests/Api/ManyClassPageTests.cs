using System.Net;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>A benchmark with more classes than a byte can name and a table can show.</summary>
public sealed class ManyClassPageTests(ManyClassPageTests.Fixture fixture) : IClassFixture<ManyClassPageTests.Fixture>
{
    private readonly TestServer _server = fixture.Server;
    private readonly string _id = fixture.First;
    private readonly string _other = fixture.Second;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_api_has_the_cells_with_images_instead_of_all()
    {
        var submission = await _server.Client.GetJsonAsync($"/api/submissions/{_id}");
        var matrix = await _server.Client.GetJsonAsync($"/api/submissions/{_id}/confusion/test1");
        var csv = await _server.Client.GetStringAsync($"/api/submissions/{_id}/confusion/test1.csv", Cancellation);

        var split = submission["evaluation"]!["splits"]![0]!;
        Assert.Equal((null, 302), (split["confusion"], split["confusionCells"]!.AsArray().Count));
        Assert.Equal(1 - ((1199.0 - 2) / 1200), (double)split["balancedError"]!, 1e-12);
        Assert.Equal((null, null, 302), (matrix["counts"], matrix["rates"], matrix["cells"]!.AsArray().Count));
        Assert.Contains(matrix["cells"]!.AsArray(), c => c!.ToJsonString() == "[299,0,2]");
        Assert.StartsWith("true,predicted,images\ngene 000 <a>,gene 000 <a>,4\n", csv, StringComparison.Ordinal);
        Assert.Contains("\ngene 299 <a>,gene 000 <a>,2\n", csv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "All 300 classes")]
    [InlineData("?order=similarity", "All 300 classes")]
    [InlineData("?order=loss&rows=0-39&columns=0-39", "Part of the matrix")]
    [InlineData("?rows=nonsense", "All 300 classes")]
    public async Task The_matrix_is_a_picture_with_tables(string query, string heading)
    {
        var page = await _server.Client.GetStringAsync($"/submissions/{_id}/confusion/test1{query}", Cancellation);

        Assert.Contains($">{heading}</h2>", page, StringComparison.Ordinal);
        Assert.Contains("<svg viewBox=", page, StringComparison.Ordinal);
        Assert.Contains($"/submissions/{_id}/classes/299?split=test1\">gene 299 &lt;a&gt;</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"confusion\"", page, StringComparison.Ordinal);
        Assert.InRange(page.Length, 1, 500_000);
    }

    [Fact]
    public async Task A_class_has_its_row_and_its_column()
    {
        var last = await _server.Client.GetStringAsync($"/submissions/{_id}/classes/299", Cancellation);
        var first = await _server.Client.GetStringAsync($"/submissions/{_id}/classes/0?split=test2", Cancellation);

        Assert.Contains("2 of 4 images are recognised: sensitivity 50.0%", last, StringComparison.Ordinal);
        Assert.Contains("Images of gene 299 &lt;a&gt; are predicted as", last, StringComparison.Ordinal);
        Assert.Contains("6 images are predicted as it; 66.7% of them are right.", first, StringComparison.Ordinal);
        Assert.Contains("gene 000 &lt;a&gt;, test2</h1>", first, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/submissions/{id}/classes/300")]
    [InlineData("/submissions/{id}/classes/-1")]
    [InlineData("/submissions/{id}/classes/0?split=test9")]
    [InlineData("/submissions/{id}/classes?split=test9")]
    [InlineData("/submissions/00000000-0000-0000-0000-000000000001/classes")]
    [InlineData("/submissions/00000000-0000-0000-0000-000000000001/classes/0")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        using var response = await _server.Client.GetAsync(path.Replace("{id}", _id, StringComparison.Ordinal), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Classes_are_found_by_name_and_index_and_come_in_pages()
    {
        var path = $"/submissions/{_id}/classes";
        var worst = await _server.Client.GetStringAsync(path, Cancellation);
        var byIndex = await _server.Client.GetStringAsync($"{path}?sort=index&page=3", Cancellation);
        var found = await _server.Client.GetStringAsync($"{path}?q=GENE+29", Cancellation);
        var number = await _server.Client.GetStringAsync($"{path}?q=7", Cancellation);
        var none = await _server.Client.GetStringAsync($"{path}?q=%3Cscript%3E", Cancellation);
        var beyond = await _server.Client.GetStringAsync($"{path}?page=99999999999", Cancellation);

        Assert.True(worst.IndexOf("gene 299", StringComparison.Ordinal) < worst.IndexOf("gene 010", StringComparison.Ordinal));
        Assert.Contains("Page 1 of 3", worst, StringComparison.Ordinal);
        Assert.Contains("gene 200", byIndex, StringComparison.Ordinal);
        Assert.DoesNotContain("gene 199", byIndex, StringComparison.Ordinal);
        Assert.Equal(10, found.Split("<th scope=\"row\">").Length - 1);
        Assert.Contains("gene 007", number, StringComparison.Ordinal);
        Assert.Contains("No class has &quot;&lt;script&gt;&quot; in its name.", none, StringComparison.Ordinal);
        Assert.Contains("Page 1 of 3", beyond, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comparisons_show_what_differs_most()
    {
        var page = await _server.Client.GetStringAsync($"/compare?a={_id}&b={_other}", Cancellation);
        var matrix = await _server.Client.GetStringAsync($"/submissions/{_other}/confusion/test1?against={_id}", Cancellation);
        var comparison = await _server.Client.GetJsonAsync($"/api/compare?a={_id}&b={_other}");

        Assert.Contains("The 30 of 300 classes whose sensitivities differ most", page, StringComparison.Ordinal);
        Assert.Contains("Confusions of A that are more frequent than in B", matrix, StringComparison.Ordinal);
        Assert.Null(comparison["splits"]![0]!["paired"]!["confusionDifference"]);
        Assert.Equal(300, comparison["splits"]![0]!["paired"]!["classes"]!.AsArray().Count);
    }

    [Fact]
    public async Task Other_pages_stay_short()
    {
        foreach (var path in new[] { "/benchmarks/many", "/benchmarks/many/submit", "/benchmarks/many/data", $"/submissions/{_id}" })
        {
            var page = await _server.Client.GetStringAsync(path, Cancellation);

            Assert.InRange(page.Length, 1, 400_000);
        }

        using var mix = await _server.Client.GetAsync("/benchmarks/many/mix", Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, mix.StatusCode);
        Assert.Contains("your own mix is for benchmarks of at most 255", await mix.ReadTextAsync(), StringComparison.Ordinal);
    }

    /// <summary>A server with two entries, which the tests only read.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        internal TestServer Server { get; } = new();

        internal string First { get; private set; } = "";

        internal string Second { get; private set; } = "";

        /// <summary>Of the four images of class 299, two are taken for class 0; of class 10, one for class 11.</summary>
        public async ValueTask InitializeAsync()
        {
            ManyClassBenchmark.WriteTo(Server);
            await Server.StartAsync();
            var first = await Server.Client.SubmitScoredAsync(ManyClassBenchmark.Submission("First", i => i is 299 or 599 or 10));
            var second = await Server.Client.SubmitScoredAsync(ManyClassBenchmark.Submission("Second", i => i % 2 == 0));
            (First, Second) = ((string)first["id"]!, (string)second["id"]!);
        }

        public async ValueTask DisposeAsync() => await Server.DisposeAsync();
    }
}
