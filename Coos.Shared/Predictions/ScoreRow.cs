using System.Globalization;
using System.Text;

namespace Coos.Shared.Predictions;

/// <summary>Explains numbers that are not probabilities by the whole line: percentages, logits, other notations.</summary>
internal static class ScoreRow
{
    private const double PercentTolerance = 2;
    private const double LogTolerance = 0.05;

    /// <summary>Explains a field that is not a number from 0 to 1.</summary>
    /// <param name="field">The field's text.</param>
    /// <param name="row">The numbers of the line; null for fields that are not numbers.</param>
    /// <param name="layout">The words for rows and columns.</param>
    /// <returns>What to do, after a semicolon or a comma; empty if there is nothing to say.</returns>
    public static string Explain(string field, IReadOnlyList<double?> row, TableLayout layout)
    {
        var trimmed = field.Trim().Trim('\u200B', '\uFEFF');
        return trimmed.Length == 0 ? ", the field is empty; write a number from 0 to 1"
            : trimmed.EndsWith('%') ? "; write a fraction without a percent sign, such as 0.98 for 98%"
            : Parse(trimmed.Replace(',', '.')) is not null && trimmed.Contains(',', StringComparison.Ordinal)
                ? "; write a decimal point, not a decimal comma"
            : Parse(trimmed) is null ? ExplainText(trimmed)
            : trimmed.Length < field.Length ? "; remove the spaces around it"
            : ExplainRow(row, layout);
    }

    /// <summary>Parses a finite number; null if it is none.</summary>
    public static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>Parses a field; null if it is not a finite number.</summary>
    public static double? Parse(ReadOnlySpan<byte> field) => Parse(Encoding.UTF8.GetString(field));

    private static string ExplainText(string text) =>
        text[0] is '\u2212' or '\u2013' or '\u2014'
            ? "; write the minus sign as -"
            : text.TrimStart('-', '+').ToUpperInvariant() switch
            {
                "NAN" or "NA" or "NONE" or "NULL" or "N/A" or "#N/A" => ", it is a missing value; write a number from 0 to 1",
                "INF" or "INFINITY" => ", it is infinite; write a number from 0 to 1",
                _ => "; write a number from 0 to 1",
            };

    private static string ExplainRow(IReadOnlyList<double?> row, TableLayout layout)
    {
        if (row.Any(v => v is null))
        {
            return "; write a number from 0 to 1";
        }

        var sum = row.Sum()!.Value;
        return row.All(v => v >= 0) && Math.Abs(sum - 100) <= PercentTolerance
                ? $"; the {layout.Row} sums to {sum.ToString("0.##", CultureInfo.InvariantCulture)}, as percentages do: divide by 100"
            : row.All(v => v <= 0) && Math.Abs(row.Sum(v => Math.Exp(v!.Value)) - 1) <= LogTolerance
                ? $"; these look like log-probabilities: write their exp(), or {layout.LogitAdvice}"
            : $"; write a number from 0 to 1. If these are logits, {layout.LogitAdvice}, or apply a softmax";
    }
}
