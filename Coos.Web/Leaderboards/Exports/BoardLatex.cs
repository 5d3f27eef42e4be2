using System.Text;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;

namespace Coos.Web.Leaderboards.Exports;

/// <summary>Writes rows of a leaderboard as a LaTeX table with the rules of the booktabs package.</summary>
internal static class BoardLatex
{
    /// <summary>The number of rows from which a table does not fit on a page and becomes a longtable.</summary>
    private const int MinLongRows = 41;

    /// <summary>Writes the table.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="address">The URL of the leaderboard.</param>
    public static string Write(Benchmark benchmark, IReadOnlyList<RankedEntry> rows, string address)
    {
        var table = BoardText.Format(benchmark, rows);
        var isLong = rows.Count >= MinLongRows;
        var text = new StringBuilder()
            .Append("% ")
            .Append(address)
            .Append('\n')
            .Append(@"% \usepackage{booktabs}")
            .Append(isLong ? @", \usepackage{longtable}" : "")
            .Append('\n');
        var alignment = string.Concat(table.Columns.Select(c => c.IsNumber ? 'r' : 'l'));
        var caption = $@"\caption{{{LatexText.Escape(BoardText.Caption(benchmark, rows))}}}\label{{tab:{benchmark.Slug}}}";
        if (isLong)
        {
            text.Append(@"\begin{longtable}{").Append(alignment).Append("}\n").Append(caption).Append(@"\\").Append('\n');
            AppendRows(text, table, @"\endhead");
            return text.Append("\\end{longtable}\n").ToString();
        }

        text.Append("\\begin{table}\n\\centering\n")
            .Append(caption)
            .Append('\n')
            .Append(@"\begin{tabular}{")
            .Append(alignment)
            .Append("}\n");
        AppendRows(text, table, "");
        return text.Append("\\end{tabular}\n\\end{table}\n").ToString();
    }

    private static void AppendRows(StringBuilder text, BoardText table, string afterHead)
    {
        text.Append("\\toprule\n");
        Append(text, table.Columns.Select(c => LatexText.Escape(c.Title)));
        text.Append("\\midrule\n").Append(afterHead).Append(afterHead.Length > 0 ? "\n" : "");
        foreach (var row in table.Rows)
        {
            Append(text, row.Select(Cell));
        }

        text.Append("\\bottomrule\n");
    }

    private static void Append(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(" & ", cells).Append(@" \\").Append('\n');

    private static string Cell(BoardCell cell)
    {
        var text = LatexText.Escape(cell.Text);
        return (cell.IsBest ? $@"\textbf{{{text}}}" : text)
            + (cell.Range is { } range ? $@" {{\scriptsize ({LatexText.Escape(range)})}}" : "");
    }
}
