using Coos.Server.Mixes;
using Coos.Web.Components;

namespace Coos.Web.Mixes;

/// <summary>The layout of the chart of ranges, in units of its view box.</summary>
internal static class MixRangeLayout
{
    public const int Width = 760;

    /// <summary>The size of names on phones, where they are largest.</summary>
    public const double NameSize = 20;

    /// <summary>The maximum width of the name of a class.</summary>
    public const double MaximumName = 210;
    public const int Right = Width - 8;
    public const int Top = 30;
    public const int RowHeight = 30;

    /// <summary>The minimum width of a range that has a letter.</summary>
    public const int LetterWidth = 16;

    /// <summary>The height of the view box.</summary>
    public static int HeightOf(int rows) => Top + (rows * RowHeight);

    /// <summary>The left edge of the bars, to the right of the longest name.</summary>
    public static double LeftOf(IEnumerable<string> names) =>
        10 + names.Select(n => Math.Min(ChartLabel.WidthOf(n, NameSize), MaximumName)).DefaultIfEmpty(0).Max();

    /// <summary>Places a range of weights: its left edge and its width.</summary>
    public static (double X, double Width) Place(MixClassRange line, double from, double to, double left)
    {
        double At(double weight) => left + ((Right - left) * (weight - line.From) / (1 - line.From));
        return (At(from), At(to) - At(from));
    }
}
