using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Coos.Web.Docs;

/// <summary>Renders a file of <c>docs/</c> for the site: links between files become links between pages.</summary>
internal static class DocMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .Use<ScrollingTables>()
        .Use<CopiedCode>()
        .Build();

    /// <summary>Parses and renders a file.</summary>
    /// <param name="name">Its path below docs, without extension.</param>
    /// <param name="markdown">Its content, which starts with its title.</param>
    public static DocText Read(string name, string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        var headings = document.OfType<HeadingBlock>().ToList();
        foreach (var link in document.Descendants<LinkInline>())
        {
            link.Url = AddressOf(link.Url ?? "", name);
        }

        // The page shows the title as its own heading.
        var title = headings.FirstOrDefault(h => h.Level == 1);
        if (title is not null)
        {
            document.Remove(title);
        }

        return new DocText(
            name,
            title is null ? name : WordsOf(title),
            document.ToHtml(Pipeline),
            [.. headings.Where(h => h.Level == 2).Select(h => new DocSection(h.GetAttributes().Id!, WordsOf(h)))]
        );
    }

    /// <summary>Converts a relative link between files to the address of a page; other links are unchanged.</summary>
    private static string AddressOf(string url, string name)
    {
        if (url.Contains("://", StringComparison.Ordinal) || url.StartsWith('/'))
        {
            return url;
        }

        // Without this, the browser would resolve relative links and anchors from the root of the site.
        var (path, anchor) = url.Split('#', 2) is [var before, var after] ? (before, "#" + after) : (url, "");
        if (path.Length == 0)
        {
            return $"/docs/{name}{anchor}";
        }

        var target = new Uri(new Uri($"file:///{name}"), path).AbsolutePath[1..];
        return target.EndsWith(".md", StringComparison.Ordinal) ? $"/docs/{target[..^".md".Length]}{anchor}" : $"/docs/{target}{anchor}";
    }

    private static string WordsOf(HeadingBlock heading) =>
        string.Concat(
            heading
                .Inline!.Descendants()
                .Select(i =>
                    i switch
                    {
                        LiteralInline literal => literal.Content.ToString(),
                        CodeInline code => code.Content,
                        _ => "",
                    }
                )
        );
}
