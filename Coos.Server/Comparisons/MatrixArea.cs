using System.Globalization;

namespace Coos.Server.Comparisons;

/// <summary>A range of positions in the order of the classes, both ends included.</summary>
/// <param name="First">The first position, from 0.</param>
/// <param name="Last">The last position.</param>
internal readonly record struct PositionRange(int First, int Last)
{
    /// <summary>The number of positions.</summary>
    public int Count => Last - First + 1;

    /// <summary>All positions of K classes.</summary>
    public static PositionRange All(int classes) => new(0, classes - 1);

    /// <summary>Reads a range such as <c>120-159</c>; all positions for any other text. Ends outside are moved to the edge.</summary>
    public static PositionRange Read(string? text, int classes)
    {
        var parts = (text ?? "").Split('-');
        return
            parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first <= last
            && first < classes
            ? new PositionRange(first, Math.Min(last, classes - 1))
            : All(classes);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");
}

/// <summary>The part of a matrix that is drawn.</summary>
/// <param name="Rows">The positions of true classes.</param>
/// <param name="Columns">The positions of predicted classes.</param>
internal readonly record struct MatrixArea(PositionRange Rows, PositionRange Columns)
{
    /// <summary>The whole matrix.</summary>
    public static MatrixArea All(int classes) => new(PositionRange.All(classes), PositionRange.All(classes));
}
