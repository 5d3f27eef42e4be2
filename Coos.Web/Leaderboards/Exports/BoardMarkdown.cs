using System.Text;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;

namespace Coos.Web.Leaderboards.Exports;

/// <summary>Writes rows of a leaderboard as a Markdown table in GitHub's syntax.</summary>
internal static class BoardMarkdown
{
    /// <summary>Characters to escape. Markup for the start of a line needs no escaping, because each line starts with a bar.</summary>
    private const string Special = @"\`*_{}[]<>#|~$&";

    /// <summary>Writes the table.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="address">The URL of the leaderboard.</param>
    public static string Write(Benchmark benchmark, IReadOnlyList<RankedEntry> rows, string address)
    {
        var table = BoardText.Format(benchmark, rows);
        var text = new StringBuilder();
        Append(text, table.Columns.Select(c => Escape(c.Title)));
        Append(text, table.Columns.Select(c => c.IsNumber ? "---:" : "---"));
        foreach (var row in table.Rows)
        {
            Append(text, row.Select(Cell));
        }

        return text.Append('\n').Append(Escape(BoardText.Caption(benchmark, rows))).Append(" <").Append(address).Append(">\n").ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Cell(BoardCell cell)
    {
        var text = Escape(cell.Text);
        return (cell.IsBest ? $"**{text}**" : text) + (cell.Range is { } range ? $" ({range})" : "");
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            escaped.Append(Special.Contains(letter, StringComparison.Ordinal) ? "\\" : "").Append(letter);
        }

        return escaped.ToString();
    }
}
