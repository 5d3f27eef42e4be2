using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Coos.Web.Docs;

/// <summary>
/// Wraps each table in an area that scrolls sideways on a narrow screen and can be focused by keyboard. Marks columns of
/// numbers, which are aligned to the right.
/// </summary>
internal sealed partial class ScrollingTables : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline) { }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) =>
        ((HtmlRenderer)renderer).ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new Renderer());

    /// <summary>Marks columns whose cells are all numbers or empty, except the first column, which names the row.</summary>
    private static void MarkNumbers(Table table)
    {
        var rows = table.OfType<TableRow>().ToList();
        for (var column = 1; column < table.ColumnDefinitions.Count; column++)
        {
            var cells = rows.Where(r => r.Count > column).Select(r => (r.IsHeader, Cell: (TableCell)r[column])).ToList();
            var values = cells.Where(c => !c.IsHeader).Select(c => TextOf(c.Cell)).Where(t => t.Length > 0).ToList();
            if (values.Count > 0 && values.TrueForAll(Number().IsMatch))
            {
                cells.ForEach(c => c.Cell.GetAttributes().AddClass("num"));
            }
        }
    }

    private static string TextOf(TableCell cell) =>
        string.Concat(
                cell.Descendants()
                    .Select(i =>
                        i switch
                        {
                            LiteralInline literal => literal.Content.ToString(),
                            CodeInline code => $"`{code.Content}`",
                            _ => "",
                        }
                    )
            )
            .Trim();

    /// <summary>Matches 1,000, (92.5%), 13.3 ms, -0.6, 1e-6, and a dash for no value.</summary>
    [GeneratedRegex(
        @"^(?:[(<>~]?[+\-\u2212\u00B1]?[0-9][0-9,.]*(?:e[+-]?[0-9]+)?(?: ?(?:%|x|k|s|ms|min|MB|GB|kB|px|pixels))?\)?|[-\u2013])$"
    )]
    private static partial Regex Number();

    private sealed class Renderer : HtmlObjectRenderer<Table>
    {
        private readonly HtmlTableRenderer _inner = new();

        protected override void Write(HtmlRenderer renderer, Table table)
        {
            MarkNumbers(table);
            renderer.Write("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table, scroll sideways\">");
            _inner.Write(renderer, table);
            renderer.Write("</div>");
        }
    }
}
