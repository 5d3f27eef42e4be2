using Markdig;

namespace Coos.Web.Benchmarks;

/// <summary>Renders Markdown written by organisers; raw HTML in it is shown as text.</summary>
internal static class SafeMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    /// <summary>Converts Markdown to HTML.</summary>
    public static string ToHtml(string text) => Markdown.ToHtml(text, Pipeline);
}
