using Coos.Server.Mixes;

namespace Coos.Web.Mixes;

/// <summary>The layout of the chart of ranges, in units of its view box.</summary>
internal static class MixRangeLayout
{
    public const int Width = 760;
    public const int Left = 150;
    public const int Right = Width - 8;
    public const int Top = 30;
    public const int RowHeight = 30;

    /// <summary>The minimum width of a range that has a letter.</summary>
    public const int LetterWidth = 16;

    /// <summary>The height of the view box.</summary>
    public static int HeightOf(int rows) => Top + (rows * RowHeight);

    /// <summary>Places a range of weights: its left edge and its width.</summary>
    public static (double X, double Width) Place(MixClassRange line, double from, double to)
    {
        double At(double weight) => Left + ((Right - Left) * (weight - line.From) / (1 - line.From));
        return (At(from), At(to) - At(from));
    }
}
