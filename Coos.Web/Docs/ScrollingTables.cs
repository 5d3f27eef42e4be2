using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Coos.Web.Docs;

/// <summary>Puts each table into an area that scrolls sideways on a narrow screen and is reached by keyboard.</summary>
internal sealed class ScrollingTables : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) =>
        ((HtmlRenderer)renderer).ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new Renderer());

    private sealed class Renderer : HtmlObjectRenderer<Table>
    {
        private readonly HtmlTableRenderer _inner = new();

        protected override void Write(HtmlRenderer renderer, Table table)
        {
            renderer.Write("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table, scroll sideways\">");
            _inner.Write(renderer, table);
            renderer.Write("</div>");
        }
    }
}
