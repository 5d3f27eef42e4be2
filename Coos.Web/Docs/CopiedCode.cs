using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Coos.Web.Docs;

/// <summary>Adds a copy button to each code block; a script shows it if the browser supports copying.</summary>
internal sealed class CopiedCode : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline) { }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) =>
        ((HtmlRenderer)renderer).ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new Renderer());

    private sealed class Renderer : HtmlObjectRenderer<CodeBlock>
    {
        private readonly CodeBlockRenderer _inner = new() { OutputAttributesOnPre = true };

        protected override void Write(HtmlRenderer renderer, CodeBlock block)
        {
            // Long lines scroll, because a wrapped line of Python looks like two lines.
            block.GetAttributes().AddPropertyIfNotExist("tabindex", "0");
            renderer.Write("<div class=\"copy-text\">");
            _inner.Write(renderer, block);
            renderer.Write("<button type=\"button\" hidden>Copy<span class=\"hidden\"> the code</span></button></div>");
        }
    }
}
