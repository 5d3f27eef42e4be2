using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Coos.Evaluator.Plates;

/// <summary>The position of a well on its plate.</summary>
/// <param name="Row">The row, from 0 for A to 31 for AF.</param>
/// <param name="Column">The column, from 0.</param>
public readonly partial record struct WellPosition(int Row, int Column)
{
    private const int Letters = 26;

    /// <summary>Its usual name, with two digits: A01 to AF48.</summary>
    public string Name => RowName(Row) + (Column + 1).ToString("00", CultureInfo.InvariantCulture);

    /// <summary>Reads the name of a well, such as <c>A01</c>, <c>a1</c> or <c>AF48</c>.</summary>
    /// <param name="name">The name in the labels.</param>
    /// <param name="position">The position.</param>
    /// <returns>Whether it is a position of a plate of up to 1536 wells.</returns>
    public static bool TryParse([NotNullWhen(true)] string? name, out WellPosition position)
    {
        position = default;
        if (name is null || Pattern().Match(name.Trim()) is not { Success: true } match)
        {
            return false;
        }

        var row = 0;
        foreach (var letter in match.Groups[1].ValueSpan)
        {
            row = (row * Letters) + char.ToUpperInvariant(letter) - 'A' + 1;
        }

        var column = int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        position = new WellPosition(row - 1, column - 1);
        return column > 0 && PlateFormat.All[^1].Holds(position);
    }

    /// <summary>Converts a number to a position of a plate.</summary>
    /// <param name="number">The number of the well on its plate, from 0.</param>
    /// <param name="format">The plate.</param>
    /// <param name="isByColumn">Whether wells are numbered down the columns instead of along the rows.</param>
    public static WellPosition FromNumber(int number, PlateFormat format, bool isByColumn)
    {
        ArgumentNullException.ThrowIfNull(format);
        return isByColumn
            ? new WellPosition(number % format.Rows, number / format.Rows)
            : new WellPosition(number / format.Columns, number % format.Columns);
    }

    /// <summary>The letters of a row: A to Z, then AA to AF.</summary>
    /// <param name="row">The row, 0 to 31.</param>
    public static string RowName(int row) => row < Letters ? $"{(char)('A' + row)}" : $"A{(char)('A' + row - Letters)}";

    [GeneratedRegex("^([A-Za-z]{1,2})0*([0-9]{1,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
