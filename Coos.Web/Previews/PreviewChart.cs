using System.Globalization;
using Coos.Shared.Benchmarks;
using Coos.Web.Components;
using Coos.Web.Leaderboard;

namespace Coos.Web.Previews;

/// <summary>The chart of errors across the shift on a preview: all entries behind, the best of each family or the one it is about in colour.</summary>
internal static class PreviewChart
{
    private const double LabelSize = 22;

    private static readonly Ink Grid = Ink.Of("#e0e2de");
    private static readonly Ink Text = Ink.Of("#1d2530");
    private static readonly Ink Muted = Ink.Of("#566170");

    /// <summary>The colours of families on light ground, as wwwroot/css/theme.css has them.</summary>
    public static IReadOnlyDictionary<string, string> Colours { get; } = new Dictionary<string, string>
    {
        ["deeploc"] = "#1746a8",
        ["pci"] = "#0a8470",
        ["vgg"] = "#9f4ed0",
        ["texture"] = "#9c4f00",
        ["other"] = "#7d1740",
    };

    /// <summary>Draws it into a part of a picture; nothing where no entry has an error on every test split.</summary>
    public static void Draw(Canvas canvas, (double Left, double Top, double Right, double Bottom) box, Board board, Guid? about)
    {
        Split[] splits = [.. board.Benchmark.TestSplits];
        var lines = ShiftLine.Of(board.Rows, splits, about);
        if (lines.Count == 0)
        {
            return;
        }

        var frame = new Frame(box, new ShiftLayout(splits.Length, lines.Max(l => l.Errors.Max())));
        foreach (var tick in frame.Layout.Ticks)
        {
            canvas.Fill([Shapes.Box(frame.Left, frame.Y(tick) - 0.75, frame.Right - frame.Left, 1.5)], Grid);
            canvas.Write((100 * tick).ToString("0", CultureInfo.InvariantCulture) + "%", OutlineFont.Regular, 20, (frame.Left - 12, frame.Y(tick) + 7), Muted, align: 1);
        }

        for (var i = 0; i < splits.Length; i++)
        {
            canvas.Write(splits[i].Title, OutlineFont.Bold, 20, (frame.X(i), box.Bottom), Text, align: 0.5);
        }

        foreach (var family in lines.Where(l => !l.IsBest).GroupBy(l => l.Family))
        {
            canvas.Fill(family.SelectMany(l => Shapes.Line(frame.Points(l), 2)), Ink.Of(Colours[family.Key]), 0.18);
        }

        foreach (var line in lines.Where(l => l.IsBest))
        {
            canvas.Fill(Shapes.Line(frame.Points(line), 4.5), Ink.Of(Colours[line.Family]));
            foreach (var (x, y) in frame.Points(line))
            {
                canvas.Fill([Shapes.Marker(line.Family, x, y, 11)], Ink.Of(Colours[line.Family]));
            }
        }

        foreach (var (line, y) in frame.Labels(lines.Where(l => l.IsBest)))
        {
            var label = Percent.Of(line.Errors[^1]) + (about is null ? $" {line.Label}" : "%");
            canvas.Write(OutlineFont.Bold.Fit(label, LabelSize, box.Right - frame.Right - 18), OutlineFont.Bold, LabelSize, (frame.Right + 18, y + 8), Ink.Of(Colours[line.Family]));
        }
    }

    /// <summary>Where things stand: the page's chart gives the scale, the box the place.</summary>
    private sealed record Frame((double Left, double Top, double Right, double Bottom) Box, ShiftLayout Layout)
    {
        private const double LabelHeight = 26;

        private readonly double _scale = Layout.Ticks.Last();

        public double Left => Box.Left + 56;

        public double Right => Box.Right - 172;

        private double Bottom => Box.Bottom - 36;

        public double Y(double error) => Bottom - ((Bottom - Box.Top) * error / _scale);

        public double X(int column) => Layout.Columns == 1 ? (Left + Right) / 2 : Left + 30 + ((Right - Left - 60) * column / (Layout.Columns - 1));

        public List<(double X, double Y)> Points(ShiftLine line) => [.. line.Errors.Select((e, i) => (X(i), Y(e)))];

        /// <summary>Labels beside the lines' ends, moved up so that none covers another; the lowest stays.</summary>
        public IEnumerable<(ShiftLine Line, double Y)> Labels(IEnumerable<ShiftLine> lines)
        {
            var free = double.PositiveInfinity;
            foreach (var line in lines.OrderBy(l => l.Errors[^1]))
            {
                var y = Math.Min(Y(line.Errors[^1]), free);
                free = y - LabelHeight;
                yield return (line, y);
            }
        }
    }
}
