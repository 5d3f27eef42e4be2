using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Coos.Web.Docs;

/// <summary>Gives each block of code a button that copies it, which a script shows where the browser lets it work.</summary>
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
            // Long lines scroll: a line of Python that wraps reads as two.
            block.GetAttributes().AddPropertyIfNotExist("tabindex", "0");
            renderer.Write("<div class=\"copy-text\">");
            _inner.Write(renderer, block);
            renderer.Write("<button type=\"button\" hidden>Copy<span class=\"hidden\"> the code</span></button></div>");
        }
    }
}
