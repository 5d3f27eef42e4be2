using Coos.Shared.Benchmarks;
using Coos.Web.Components;

namespace Coos.Web.Leaderboards;

/// <summary>The titles of splits below the columns of a chart: level if they fit, else turned and, if needed, shortened.</summary>
internal sealed class SplitAxis
{
    /// <summary>The angle of turned titles, in degrees clockwise.</summary>
    public const double Angle = -40;

    private const double Size = 11.5;

    /// <summary>The distance of lines below each other.</summary>
    public const double LineHeight = 14;

    private const int MaximumLines = 2;
    private const double Gap = 6;
    private const double MaximumWidth = 104;

    private SplitAxis(IReadOnlyList<string> titles, IReadOnlyList<IReadOnlyList<string>> shifts, bool isTurned, double height)
    {
        (Titles, Shifts, IsTurned, Height) = (titles, shifts, isTurned, (float)height);
    }

    /// <summary>The titles as they are written.</summary>
    public IReadOnlyList<string> Titles { get; }

    /// <summary>Whether the titles are turned.</summary>
    public bool IsTurned { get; }

    /// <summary>The lines of the kind of shift below each title; empty if they do not fit.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Shifts { get; }

    /// <summary>The height of all of this below the columns, in units of the view box.</summary>
    public float Height { get; }

    /// <summary>Arranges the titles.</summary>
    /// <param name="splits">The splits.</param>
    /// <param name="left">The left end of the columns.</param>
    /// <param name="right">Their right end.</param>
    public static SplitAxis Create(IReadOnlyList<Split> splits, double left, double right)
    {
        var column = (right - left) / Math.Max(splits.Count, 1);
        if (splits.All(s => ChartLabel.WidthOf(s.Title, Size) <= column - Gap))
        {
            List<IReadOnlyList<string>> shifts = [.. splits.Select(s => Wrap(s.Shift, column - Gap))];
            var fits = shifts.All(s => s.Count <= MaximumLines && s.All(line => ChartLabel.WidthOf(line, Size) <= column));
            var lines = fits ? shifts.Select(s => s.Count).DefaultIfEmpty(0).Max() : 0;
            return new SplitAxis([.. splits.Select(s => s.Title)], fits ? shifts : [], isTurned: false, 25 + (LineHeight * lines));
        }

        var (sine, cosine) = Math.SinCos(-Angle * Math.PI / 180);
        List<string> titles =
        [
            .. splits.Select((s, i) => ChartLabel.Fit(s.Title, Math.Min(MaximumWidth, (left + ((i + 0.5) * column)) / cosine), Size)),
        ];
        var width = titles.Select(t => ChartLabel.WidthOf(t, Size)).DefaultIfEmpty(0).Max();
        return new SplitAxis(titles, [], isTurned: true, 20 + (width * sine));
    }

    /// <summary>The left end of the columns at which the first title has enough space if it is turned.</summary>
    /// <param name="splits">The splits, at least one.</param>
    /// <param name="right">The right end of the columns.</param>
    public static double LeftOf(IReadOnlyList<Split> splits, double right)
    {
        // The middle of the first column is left + (right - left) / 2 n.
        var needed = Math.Min(MaximumWidth, ChartLabel.WidthOf(splits[0].Title, Size) + 6) * Math.Cos(Angle * Math.PI / 180);
        var half = 1.0 / (2 * splits.Count);
        return (needed - (half * right)) / (1 - half);
    }

    private static List<string> Wrap(string text, double width)
    {
        var lines = new List<string>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && ChartLabel.WidthOf($"{lines[^1]} {word}", Size) <= width)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }
}
