using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Coos.Web.Docs;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Docs;

[Collection(ServerCollection.Name)]
public sealed partial class DocPageTests(CoosFixture server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names() => [.. DocLibrary.All.Select(t => t.Text.Name), .. DocLibrary.Decisions.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_document_has_a_page_with_working_links(string name)
    {
        var page = await server.Client.GetStringAsync($"/docs/{name}", Cancellation);
        page = page[page.IndexOf("<main", StringComparison.Ordinal)..];
        var text = DocLibrary.Find(name)!;

        Assert.Contains($"<h1>{text.Title}</h1>", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotMatch(HttpExtensions.RequiredScript, page);
        foreach (Match link in Links().Matches(page))
        {
            if (link.Groups["name"].Value == "resolution")
            {
                // The calculator is a page of its own; ResolutionTests opens it.
                continue;
            }

            var target = DocLibrary.Find(link.Groups["name"].Value);
            Assert.True(target is not null, $"{name} links to {link.Value}, which is not a document");
            var anchor = link.Groups["anchor"].Value;
            Assert.True(
                anchor.Length == 0 || target.Html.Contains($"id=\"{anchor}\"", StringComparison.Ordinal),
                $"{name} links to {link.Value}, which has no such heading"
            );
        }
    }

    [Fact]
    public async Task The_index_lists_every_guide_and_decision()
    {
        var page = await server.Client.GetStringAsync("/docs", Cancellation);

        Assert.All(Names(), name => Assert.Contains($"href=\"/docs/{name.Data}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Images_of_documents_exist()
    {
        var sources = DocLibrary
            .All.Select(t => t.Text)
            .Concat(DocLibrary.Decisions)
            .SelectMany(t => Sources().Matches(t.Html))
            .Select(m => m.Groups["source"].Value)
            .ToArray();

        Assert.NotEmpty(sources);
        foreach (var source in sources)
        {
            using var response = await server.Client.GetAsync(source, Cancellation);
            var (type, start) = source.EndsWith(".png", StringComparison.Ordinal) ? ("image/png", "\u0089PNG") : ("image/svg+xml", "<svg ");
            Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.StartsWith(
                start,
                Encoding.Latin1.GetString(await response.Content.ReadAsByteArrayAsync(Cancellation)),
                StringComparison.Ordinal
            );
        }

        using var nothing = await server.Client.GetAsync("/docs/images/nothing.svg", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    /// <summary>A file in docs that is missing in the list has no page.</summary>
    [Fact]
    public void Every_file_in_docs_is_listed()
    {
        var docs = Path.Combine(Checkout.Folder, "docs");
        var files = Directory
            .EnumerateFiles(docs, "*.md", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(docs, f)[..^".md".Length].Replace('\\', '/'));

        Assert.Equal(files.Order(StringComparer.Ordinal), Names().Select(n => n.Data).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Columns_of_numbers_are_right_aligned()
    {
        var html = DocMarkdown
            .Read(
                "x",
                "# X\n\n| images | share | word | time |\n| --- | --- | --- | --- |\n| 20 | (92.5%) | `1` | 13.3 ms |\n"
                    + "| 1,000 | 5.0% | 2 | - |\n"
            )
            .Html;

        Assert.Matches("<th>images</th>\\s*<th class=\"num\">share</th>\\s*<th>word</th>\\s*<th class=\"num\">time</th>", html);
        Assert.Matches(
            "<td>20</td>\\s*<td class=\"num\">\\(92.5%\\)</td>\\s*<td><code>1</code></td>\\s*<td class=\"num\">13.3 ms</td>",
            html
        );
    }

    [Theory]
    [InlineData("/docs/nothing")]
    [InlineData("/docs/decisions")]
    [InlineData("/docs/..%2fappsettings")]
    public async Task Unknown_documents_are_not_found(string path)
    {
        using var response = await server.Client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("<h1>", await response.ReadTextAsync(), StringComparison.Ordinal);
    }

    [GeneratedRegex("href=\"/docs/(?<name>[^\"#]+)(#(?<anchor>[^\"]+))?\"")]
    private static partial Regex Links();

    [GeneratedRegex("<img src=\"(?<source>[^\"]+)\"")]
    private static partial Regex Sources();
}
