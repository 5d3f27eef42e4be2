using System.Globalization;
using Coos.Shared.Datasets.Pictures;
using Coos.Web.Components;
using Coos.Web.Leaderboard;

namespace Coos.Web.Previews;

/// <summary>
/// The picture that chats and social sites show beside a link: what a board or an entry came to, and its errors across the
/// shift. PNG, for they show no SVG.
/// </summary>
internal static class PreviewCard
{
    public const int Width = 1200;
    public const int Height = 630;

    private const int Margin = 64;
    private const int FactWidth = 420;

    private static readonly Ink Page = Ink.Of("#fbfbf9");
    private static readonly Ink Text = Ink.Of("#1d2530");
    private static readonly Ink Muted = Ink.Of("#566170");

    /// <summary>Draws a leaderboard.</summary>
    public static byte[] Draw(Board board)
    {
        var benchmark = board.Benchmark;
        var best = board.Rows.FirstOrDefault(r => r.Rank is not null);
        var tied = board.Tests.TiedRanks.Count;
        return Draw(
            benchmark.Name,
            benchmark.Question.Length > 0 ? benchmark.Question : benchmark.Summary,
            [
                ("Best mean error", best?.Score is { } score ? Percent.Fine(score) + "%" : "\u2013", best?.Entry.Method ?? "no result yet"),
                ("Entries", board.Rows.Count.ToString("N0", CultureInfo.InvariantCulture), tied > 1 ? $"the best {tied} cannot be told apart" : $"ranked on {BoardSentence.Titles(benchmark)}"),
            ],
            board,
            null);
    }

    /// <summary>Draws an entry.</summary>
    public static byte[] Draw(Board board, RankedEntry row)
    {
        var titles = BoardSentence.Titles(board.Benchmark);
        var place = row.Rank is { } rank ? string.Create(CultureInfo.InvariantCulture, $"{rank:N0} of {board.Rows.Count:N0}") : "\u2013";
        var range = row switch
        {
            { IsTiedWithBest: true } => "tied with the best",
            { Interval: { } known } => $"95% range {known.Lowest}\u2013{known.Highest}",
            { Rank: null } => $"not all of {titles} predicted",
            _ => "",
        };
        return Draw(
            row.Entry.Method,
            $"{board.Benchmark.Name}, by {row.Entry.Submitter}",
            [
                ("Rank", place, range),
                ("Mean error", row.Score is { } score ? Percent.Fine(score) + "%" : "\u2013", $"over {titles}"),
            ],
            board,
            row.Entry.Id);
    }

    private static byte[] Draw(string title, string subtitle, IReadOnlyList<(string Label, string Value, string Note)> facts, Board board, Guid? about)
    {
        var canvas = new Canvas(Width, Height, Page);
        DrawLogo(canvas);
        canvas.Write(OutlineFont.Bold.Fit(title, 60, Width - (2 * Margin)), OutlineFont.Bold, 60, (Margin, 176), Text);
        canvas.Write(OutlineFont.Regular.Fit(subtitle, 29, Width - (2 * Margin)), OutlineFont.Regular, 29, (Margin, 226), Muted);
        for (var i = 0; i < facts.Count; i++)
        {
            var y = 318 + (150 * i);
            canvas.Write(facts[i].Label, OutlineFont.Regular, 25, (Margin, y), Muted);
            canvas.Write(facts[i].Value, OutlineFont.Bold, 56, (Margin, y + 58), Text);
            canvas.Write(OutlineFont.Regular.Fit(facts[i].Note, 24, FactWidth), OutlineFont.Regular, 24, (Margin, y + 94), Muted);
        }

        PreviewChart.Draw(canvas, (Margin + FactWidth + 30, 268, Width - Margin, Height - 46), board, about);
        return PngEncoder.Encode(canvas.Pixels, Width, Height, colour: true);
    }

    /// <summary>The logo, as wwwroot/logo.svg draws it in a box of 32.</summary>
    private static void DrawLogo(Canvas canvas)
    {
        const double Scale = 1.5;
        canvas.Fill([Shapes.Disc(X(16), Y(16), 15.1 * Scale)], Muted);
        canvas.Fill([Shapes.Disc(X(16), Y(16), 13.3 * Scale)], Page);
        foreach (var (x, y, radius, colour) in new[] { (14, 17, 5.6, "#2a6fdb"), (22.5, 11.5, 2.1, "#0f9d83"), (24, 18.5, 1.6, "#b05cc6"), (19.6, 23.6, 1.9, "#d9822b") })
        {
            canvas.Fill([Shapes.Disc(X(x), Y(y), radius * Scale)], Ink.Of(colour));
        }

        canvas.Write("COOS", OutlineFont.Bold, 30, (X(32) + 14, Y(16) + 11), Text);

        static double X(double x) => Margin + (Scale * x);

        static double Y(double y) => 52 + (Scale * y);
    }
}
