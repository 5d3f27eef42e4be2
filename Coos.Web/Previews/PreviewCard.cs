using System.Globalization;
using Coos.Server.Leaderboards;
using Coos.Shared.Metrics;
using SkiaSharp;

namespace Coos.Web.Previews;

/// <summary>
/// Draws the image that chats and social sites show with a link: the main results of a board or an entry, and a chart of
/// errors across the shift. It is a PNG, because these sites do not show SVG.
/// </summary>
internal static class PreviewCard
{
    public const int Width = 1200;
    public const int Height = 630;

    /// <summary>The upper left corner of the chart.</summary>
    public static readonly SKPoint ChartOrigin = new(Width - Margin - PreviewChart.Frame.Width, Height - 42 - PreviewChart.Frame.Height);

    private const int Margin = 64;
    private const int FactWidth = 390;

    private static readonly SKColor Page = SKColor.Parse("#fbfbf9");
    private static readonly SKColor Text = SKColor.Parse("#1d2530");
    private static readonly SKColor Muted = SKColor.Parse("#566170");

    /// <summary>Draws a leaderboard.</summary>
    public static byte[] Draw(Board board)
    {
        var benchmark = board.Benchmark;
        var best = board.Rows.FirstOrDefault(r => r.Rank is not null);
        var tied = board.Tests.TiedRanks.Count;
        return Draw(
            PreviewText.IsReadable(benchmark.Name) ? benchmark.Name : benchmark.Slug,
            benchmark.Question.Length > 0 ? benchmark.Question : benchmark.Summary,
            [
                (
                    benchmark.Ranking.IsByBalancedError ? "Best mean error" : $"Best {benchmark.Ranking.Info.Title}",
                    best?.Score is { } score ? benchmark.Ranking.Info.WriteFine(score) + benchmark.Ranking.Info.Unit : "\u2013",
                    best?.Entry.Method ?? "no results yet"
                ),
                (
                    "Entries",
                    board.Rows.Count.ToString("N0", CultureInfo.InvariantCulture),
                    tied > 1 ? $"no difference shown among {tied}" : $"ranked on {BoardSummary.Titles(benchmark)}"
                ),
            ],
            board,
            null
        );
    }

    /// <summary>Draws an entry.</summary>
    public static byte[] Draw(Board board, RankedEntry row)
    {
        var (titles, metric) = (BoardSummary.Titles(board.Benchmark), board.Benchmark.Ranking.Info);
        var place = row.Rank is { } rank ? string.Create(CultureInfo.InvariantCulture, $"{rank:N0} of {board.Rows.Count:N0}") : "\u2013";
        var range = row switch
        {
            { IsTiedWithBest: true } => board.TieLabel,
            { Interval: { } known } => $"95% range {known.Lowest}\u2013{known.Highest}",
            { Rank: null } => $"not all of {titles} predicted",
            _ => "",
        };
        return Draw(
            PreviewText.IsReadable(row.Entry.Method) ? row.Entry.Method : $"Entry {row.Entry.Id.ToString()[..8]}",
            $"{board.Benchmark.Name}, by {row.Entry.Submitter}",
            [
                ("Rank", place, range),
                (
                    metric.Id == MetricId.BalancedError ? "Mean error" : $"Mean {metric.Title}",
                    row.Score is { } score ? metric.WriteFine(score) + metric.Unit : "\u2013",
                    $"over {titles}"
                ),
            ],
            board,
            row.Entry.Id
        );
    }

    private static byte[] Draw(
        string title,
        string subtitle,
        IReadOnlyList<(string Label, string Value, string Note)> facts,
        Board board,
        Guid? about
    )
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(Page);
        DrawLogo(canvas);
        DrawTitle(canvas, title, subtitle);
        DrawFacts(canvas, facts);
        canvas.Translate(ChartOrigin);
        PreviewChart.Draw(canvas, board, about);

        // Text and lines on a plain background compress best without filters. The highest level would save 3% but take five
        // times as long.
        using var pixels = bitmap.PeekPixels();
        using var png =
            pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.None, zLibLevel: 6))
            ?? throw new InvalidOperationException("The image could not be encoded as PNG.");
        return png.ToArray();
    }

    /// <summary>Draws the title, in two smaller lines if it does not fit on one.</summary>
    private static void DrawTitle(SKCanvas canvas, string title, string subtitle)
    {
        const float Room = Width - (2 * Margin);
        using var large = PreviewText.CreateBold(60);
        using var small = PreviewText.CreateBold(44);
        using var below = PreviewText.CreateRegular(29);
        var lines = large.WidthOf(PreviewText.Writable(title)) <= Room ? [large.Fit(title, Room)] : small.Wrap(title, Room);
        for (var i = 0; i < lines.Count; i++)
        {
            (lines.Count == 1 ? large : small).Write(canvas, lines[i], Margin, lines.Count == 1 ? 176 : 148 + (50 * i), Text);
        }

        below.Write(canvas, below.Fit(subtitle, Room), Margin, lines.Count == 1 ? 226 : 240, Muted);
    }

    private static void DrawFacts(SKCanvas canvas, IReadOnlyList<(string Label, string Value, string Note)> facts)
    {
        using var labels = PreviewText.CreateRegular(25);
        using var values = PreviewText.CreateBold(56);
        using var notes = PreviewText.CreateRegular(24);
        for (var i = 0; i < facts.Count; i++)
        {
            var y = 318 + (150 * i);
            labels.Write(canvas, facts[i].Label, Margin, y, Muted);
            values.Write(canvas, facts[i].Value, Margin, y + 58, Text);
            notes.Write(canvas, notes.Fit(facts[i].Note, FactWidth), Margin, y + 94, Muted);
        }
    }

    /// <summary>Draws the logo, as in wwwroot/logo.svg with its view box of 32.</summary>
    private static void DrawLogo(SKCanvas canvas)
    {
        const int Top = 52;
        const float Scale = 1.5f;
        using (new SKAutoCanvasRestore(canvas))
        {
            canvas.Translate(Margin, Top);
            canvas.Scale(Scale);
            using var ring = new SKPaint
            {
                Color = SKColor.Parse("#5d6876"),
                StrokeWidth = 1.8f,
                IsStroke = true,
                IsAntialias = true,
            };
            canvas.DrawCircle(16, 16, 14.2f, ring);
            foreach (
                var (x, y, radius, colour) in new[]
                {
                    (14, 17, 5.6f, "#2a6fdb"),
                    (22.5f, 11.5f, 2.1f, "#0f9d83"),
                    (24, 18.5f, 1.6f, "#b05cc6"),
                    (19.6f, 23.6f, 1.9f, "#d9822b"),
                }
            )
            {
                using var paint = new SKPaint { Color = SKColor.Parse(colour), IsAntialias = true };
                canvas.DrawCircle(x, y, radius, paint);
            }
        }

        using var name = PreviewText.CreateBold(30);
        name.Write(canvas, "COOS", Margin + (32 * Scale) + 14, Top + (16 * Scale) + 11, Text);
    }
}
