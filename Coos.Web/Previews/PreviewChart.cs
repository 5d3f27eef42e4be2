using System.Globalization;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Coos.Web.Leaderboards;
using SkiaSharp;

namespace Coos.Web.Previews;

/// <summary>
/// Draws the chart of errors across the shift on a preview. The best entry of each family, or the entry of the preview, is
/// highlighted over all others. Lines, scale and markers match the chart on the page; the text is larger.
/// </summary>
internal static class PreviewChart
{
    /// <summary>The size and margins of the chart, in pixels.</summary>
    public static readonly ShiftFrame Frame = new(Width: 652, Height: 320, Left: 56, Right: 290, Top: 4, Bottom: 40, LabelHeight: 24);

    private const float LabelSize = 20;
    private const float AxisSize = 20;

    /// <summary>The room for "100.0" to the right of the lines.</summary>
    private const float ValueWidth = 56;
    private const float NameGap = 8;

    private static readonly SKColor Grid = SKColor.Parse("#e0e2de");
    private static readonly SKColor Text = SKColor.Parse("#1d2530");
    private static readonly SKColor Muted = SKColor.Parse("#566170");

    /// <summary>The colours of families on a light background, as in wwwroot/css/theme.css.</summary>
    public static IReadOnlyDictionary<string, string> Colours { get; } =
        new Dictionary<string, string>
        {
            ["deeploc"] = "#1746a8",
            ["pci"] = "#0a8470",
            ["vgg"] = "#9f4ed0",
            ["texture"] = "#9c4f00",
            ["other"] = "#7d1740",
        };

    /// <summary>Draws the chart at the canvas's origin, or a sentence if no entry has an error on every test split.</summary>
    public static void Draw(SKCanvas canvas, Board board, Guid? about)
    {
        var splits = ShiftLines.SplitsOf(board.Rows, board.Benchmark);
        var lines = ShiftLines.Select(board.Rows, splits, about);
        var layout = ShiftLayout.Compute(lines, splits.Count, Frame);
        if (lines.Named.Count == 0)
        {
            using var note = PreviewText.CreateRegular(LabelSize);
            note.Write(
                canvas,
                "No entry has a result on every test set yet",
                Frame.Width / 2f,
                Frame.Height / 2f,
                Muted,
                SKTextAlign.Center
            );
            return;
        }

        DrawTicks(canvas, layout);
        DrawTitles(canvas, layout, splits);
        if (lines.Band is { } band)
        {
            DrawBand(canvas, layout, [.. band.Most]);
            DrawBand(canvas, layout, [.. band.Half]);
        }

        foreach (var line in lines.Others)
        {
            DrawLine(canvas, line, layout.X, layout.Y, isNamed: false);
        }

        foreach (var (i, line) in lines.Named.Index())
        {
            DrawLine(canvas, line, column => layout.X(column, i), layout.Y, isNamed: true);
            DrawPoints(canvas, layout, line, i);
        }

        DrawLabels(canvas, layout.Spread(lines.Named), hasNames: about is null);
    }

    private static void DrawTicks(SKCanvas canvas, ShiftLayout layout)
    {
        using var numbers = PreviewText.CreateRegular(AxisSize);
        using var paint = new SKPaint
        {
            Color = Grid,
            StrokeWidth = 1.5f,
            IsStroke = true,
            IsAntialias = true,
        };
        foreach (var tick in layout.Ticks)
        {
            var y = (float)layout.Y(tick);
            canvas.DrawLine(Frame.Left, y, Frame.Width - Frame.Right, y, paint);
            numbers.Write(
                canvas,
                (100 * tick).ToString("0", CultureInfo.InvariantCulture) + "%",
                Frame.Left - 12,
                y + 7,
                Muted,
                SKTextAlign.Right
            );
        }
    }

    /// <summary>Draws the titles of the splits, leaving some out if they do not all fit.</summary>
    private static void DrawTitles(SKCanvas canvas, ShiftLayout layout, IReadOnlyList<Split> splits)
    {
        const float Gap = 10;
        const float Readable = 130;
        using var font = PreviewText.CreateBold(AxisSize);
        var column = (float)layout.Column;
        var step =
            column >= Readable / 2
                ? 1
                : (int)Math.Ceiling(Math.Min(Readable, splits.Max(s => font.WidthOf(PreviewText.Writable(s.Title))) + Gap) / column);

        // The first and last title have only the room of the side margins.
        var room = splits.Count == 1 ? column : Math.Min((step * column) - Gap, 2 * (float)layout.X(0));
        for (var i = 0; i < splits.Count; i += step)
        {
            font.Write(canvas, font.Fit(splits[i].Title, room), (float)layout.X(i), Frame.Height - 4, Text, SKTextAlign.Center);
        }
    }

    /// <summary>Draws the area of a part of the entries.</summary>
    private static void DrawBand(SKCanvas canvas, ShiftLayout layout, IReadOnlyList<(double Lower, double Upper)> limits)
    {
        using var paint = new SKPaint { Color = Muted.WithAlpha(34), IsAntialias = true };
        using var builder = new SKPathBuilder();
        var upper = limits.Select((l, i) => new SKPoint((float)layout.X(i), (float)layout.Y(l.Upper)));
        var lower = limits.Select((l, i) => new SKPoint((float)layout.X(i), (float)layout.Y(l.Lower)));
        builder.AddPoly([.. upper, .. lower.Reverse()], close: true);
        using var path = builder.Detach();
        canvas.DrawPath(path, paint);
    }

    private static void DrawLine(SKCanvas canvas, ShiftLine line, Func<int, double> x, Func<double, double> y, bool isNamed)
    {
        using var paint = new SKPaint
        {
            Color = ColourOf(line).WithAlpha(isNamed ? byte.MaxValue : (byte)46),
            StrokeWidth = isNamed ? 4.5f : 2,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
            IsStroke = true,
            IsAntialias = true,
        };
        using var builder = new SKPathBuilder();
        builder.AddPoly([.. line.Errors.Select((e, i) => new SKPoint((float)x(i), (float)y(e)))], close: false);
        using var path = builder.Detach();
        canvas.DrawPath(path, paint);
    }

    /// <summary>Draws a marker for each error, over its 95% interval.</summary>
    private static void DrawPoints(SKCanvas canvas, ShiftLayout layout, ShiftLine line, int index)
    {
        const float Cap = 9;
        var scale = (float)layout.Marker / (layout.IsDodged ? 3.2f : 2.4f);
        using var paint = new SKPaint
        {
            Color = ColourOf(line),
            StrokeWidth = 2.5f,
            IsAntialias = true,
        };
        using var marker = SKPath.ParseSvgPathData(MethodFamily.Marker(line.Style));
        for (var i = 0; i < line.Errors.Count; i++)
        {
            var (x, y) = ((float)layout.X(i, index), (float)layout.Y(line.Errors[i]));
            if (line.Intervals[i] is { } interval)
            {
                var (lower, upper) = ((float)layout.Y(interval.Lower), (float)layout.Y(interval.Upper));
                canvas.DrawLine(x, lower, x, upper, paint);
                canvas.DrawLine(x - Cap, lower, x + Cap, lower, paint);
                canvas.DrawLine(x - Cap, upper, x + Cap, upper, paint);
            }

            using var restored = new SKAutoCanvasRestore(canvas);
            canvas.Translate(x, y);
            canvas.Scale(scale);
            canvas.Translate(-6, -6);
            canvas.DrawPath(marker, paint);
        }
    }

    private static void DrawLabels(SKCanvas canvas, IReadOnlyList<(ShiftLine Line, double Y)> labels, bool hasNames)
    {
        using var text = PreviewText.CreateBold(LabelSize);
        var end = Frame.Width - Frame.Right + ValueWidth;
        foreach (var (line, y) in labels)
        {
            text.Write(
                canvas,
                Percent.Of(line.Errors[^1]) + (hasNames ? "" : "%"),
                hasNames ? end : end + 22,
                (float)y + 8,
                ColourOf(line),
                SKTextAlign.Right
            );
            if (hasNames)
            {
                text.Write(canvas, text.Fit(line.Method, Frame.Width - end - NameGap), end + NameGap, (float)y + 8, ColourOf(line));
            }
        }
    }

    private static SKColor ColourOf(ShiftLine line) => SKColor.Parse(Colours.GetValueOrDefault(line.Style) ?? Colours[MethodFamily.Other]);
}
