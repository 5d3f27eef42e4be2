using Markdig;

namespace Coos.Web.Benchmarks;

/// <summary>Renders an organiser's Markdown; raw HTML in it is shown as text.</summary>
internal static class SafeMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    /// <summary>The HTML of a text.</summary>
    public static string ToHtml(string text) => Markdown.ToHtml(text, Pipeline);
}
