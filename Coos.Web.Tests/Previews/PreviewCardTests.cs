using System.Text.RegularExpressions;
using Coos.Server.Leaderboards;
using Coos.Web.Leaderboards;
using Coos.Web.Previews;
using Coos.Web.Tests.Browser;
using Coos.Web.Tests.Support;
using SkiaSharp;
using Xunit;

namespace Coos.Web.Tests.Previews;

/// <summary>Checks the pixels of link preview images.</summary>
public sealed class PreviewCardTests
{
    private static readonly SKColor Page = SKColor.Parse("#fbfbf9");

    private static readonly string[] Four = ["Test1", "Test2", "Test3", "Test4"];

    private static readonly (string Method, double[] Errors)[] Entries =
    [
        ("DeepLoc, kNN", [0.01, 0.02, 0.07, 0.05]),
        ("PCI, kNN", [0.06, 0.09, 0.13, 0.11]),
        ("VGG16, kNN", [0.12, 0.15, 0.19, 0.17]),
        ("Texture, RF", [0.18, 0.21, 0.25, 0.23]),
        ("Another network", [0.27, 0.28, 0.29, 0.29]),
    ];

    /// <summary>Leaderboards with unusual names or values.</summary>
    public static TheoryData<string> UnusualBoardNames => [.. UnusualBoards.Keys];

    private static Dictionary<string, Board> UnusualBoards { get; } =
        new()
        {
            ["one-split"] = PreviewBoards.Create(
                "One test set",
                ["Other microscope"],
                ("DeepLoc, kNN", [0.04]),
                ("A method with a name that goes on", [0.21])
            ),
            ["two-splits"] = PreviewBoards.Create(
                "Two",
                ["Held-out images of the same plates", "Images of another laboratory"],
                ("DeepLoc, kNN", [0.04, 0.2])
            ),
            ["many-splits"] = PreviewBoards.Create(
                "Many",
                [.. Enumerable.Range(1, 12).Select(i => $"Laboratory {i}")],
                ("Mine", [.. Enumerable.Range(1, 12).Select(i => i / 14.0)])
            ),
            ["long-names"] = PreviewBoards.Create(
                "Out-of-sample generalisation of image classifiers across microscopes, laboratories, plates and days, second edition",
                Four,
                (
                    "A transformer with a very long name, pretrained on everything that was ever photographed (ours, large, 384 px)",
                    [0.1, 0.12, 0.3, 0.35]
                )
            ),
            ["chinese"] = PreviewBoards.Create(
                "\u7D30\u80DE\u5F71\u50CF",
                ["\u6E2C\u8A66\u4E00", "\u6E2C\u8A66\u4E8C"],
                ("\u795E\u7D93\u7DB2\u8DEF", [0.1, 0.2])
            ),
            ["half-of-a-pair"] = PreviewBoards.Create("Half \uD83D a pair", Four, ("\uDC00", [0.1, 0.2, 0.3, 0.4])),
            ["missing-splits"] = PreviewBoards.Create("Missing", Four, [("Wavelets", [0.1, 0.2]), .. Entries]),
            ["nothing-complete"] = PreviewBoards.Create("Nothing yet", Four, ("VGG16, kNN", [0.1, 0.2])),
            ["empty"] = PreviewBoards.Create("Empty", Four),
            ["zero-and-one"] = PreviewBoards.Create(
                "Extremes",
                Four,
                ("DeepLoc", [0, 0, 0, 0]),
                ("PCI", [1, 1, 1, 1]),
                ("Texture", [0, 1, 0, 1])
            ),
            ["same-ends"] = PreviewBoards.Create("Same", Four, [.. Entries.Select(e => (e.Method, (double[])[.. e.Errors[..3], 0.02]))]),
        };

    [Fact]
    public void Each_entry_of_a_small_board_has_a_line_through_its_errors_and_a_label()
    {
        var board = PreviewBoards.Create("Families", Four, Entries);
        using var picture = Decode(PreviewCard.Draw(board));
        var drawn = ShiftLines.Select(board.Rows, [.. board.Benchmark.TestSplits]);
        var layout = ShiftLayout.Compute(drawn, Four.Length, PreviewChart.Frame);
        var lines = drawn.Named;

        Assert.Equal((PreviewCard.Width, PreviewCard.Height), (picture.Width, picture.Height));
        Assert.Equal(PreviewChart.Colours.Keys.Order(), lines.Select(l => l.Style).Order());
        foreach (var (i, line) in lines.Index())
        {
            var colour = SKColor.Parse(PreviewChart.Colours[line.Style]);
            Assert.All(line.Errors.Index(), e => Assert.Equal(colour, At(picture, layout.X(e.Index, i), layout.Y(e.Item))));
            Assert.Equal(colour, At(picture, (layout.X(0, i) + layout.X(1, i)) / 2, layout.Y((line.Errors[0] + line.Errors[1]) / 2)));
        }

        foreach (var (line, y) in layout.Spread(lines))
        {
            var colour = SKColor.Parse(PreviewChart.Colours[line.Style]);
            var (left, top) = (
                PreviewCard.ChartOrigin.X + PreviewChart.Frame.Width - PreviewChart.Frame.Right + 14,
                PreviewCard.ChartOrigin.Y + y
            );
            Assert.InRange(Count(picture, (int)left, (int)top - 9, PreviewCard.Width, (int)top + 9, c => c == colour), 100, 2000);
        }
    }

    [Fact]
    public void A_different_name_changes_only_the_title()
    {
        using var one = Decode(PreviewCard.Draw(PreviewBoards.Create("First", Four, Entries)));
        using var other = Decode(PreviewCard.Draw(PreviewBoards.Create("Second", Four, Entries)));

        var rows = Enumerable
            .Range(0, PreviewCard.Height)
            .Where(y => Enumerable.Range(0, PreviewCard.Width).Any(x => one.GetPixel(x, y) != other.GetPixel(x, y)))
            .ToList();

        Assert.InRange(rows[0], 125, 140);
        Assert.InRange(rows[^1], 170, 195);
        Assert.True(Count(one, 60, 120, 1140, 195, c => c != Page) > 1500);
    }

    [Fact]
    public void The_line_of_an_entry_is_coloured_and_others_are_faint()
    {
        var board = PreviewBoards.Create("Families", Four, Entries);
        using var picture = Decode(PreviewCard.Draw(board, board.Rows[1]));

        Assert.All(
            PreviewChart.Colours,
            c => Assert.Equal(c.Key == "pci", Count(picture, 480, 250, 1200, 630, p => p == SKColor.Parse(c.Value)) > 500)
        );
    }

    [Fact]
    public void A_name_without_glyphs_in_the_font_is_replaced_by_the_slug()
    {
        var chinese = PreviewBoards.Create("\u7D30\u80DE\u5F71\u50CF", Four, ("\u795E\u7D93", Entries[0].Errors));
        var latin = PreviewBoards.Create("drawn", Four, ("\u795E\u7D93", Entries[0].Errors));

        Assert.Equal(PreviewCard.Draw(latin), PreviewCard.Draw(chinese));
    }

    [Theory]
    [MemberData(nameof(UnusualBoardNames))]
    public void Unusual_boards_and_entries_stay_within_the_margins(string name)
    {
        var board = UnusualBoards[name];
        foreach (
            var (kind, png) in board
                .Rows.TakeLast(1)
                .Select(r => ("-entry", PreviewCard.Draw(board, r)))
                .Prepend(("", PreviewCard.Draw(board)))
        )
        {
            Screenshots.Save(png, $"preview-{name}{kind}.png");
            using var picture = Decode(png);

            Assert.True(Count(picture, 60, 120, 1140, 195, c => c != Page) > 500, "the title is missing");
            Assert.Equal(0, Count(picture, 0, 0, 56, 630, c => c != Page));
            Assert.Equal(0, Count(picture, 1144, 0, 1200, 630, c => c != Page));
            Assert.Equal(0, Count(picture, 455, 290, 475, 630, c => c != Page));
            Assert.Equal(0, Count(picture, 0, 600, 1200, 630, c => c != Page));
        }
    }

    [Fact]
    public void Concurrent_drawing_gives_identical_images()
    {
        Board[] boards = [PreviewBoards.Create("Families", Four, Entries), .. UnusualBoards.Values];
        byte[][] sequential = [.. boards.Select(b => PreviewCard.Draw(b))];

        Parallel.For(
            0,
            10 * boards.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            i => Assert.Equal(sequential[i % boards.Length], PreviewCard.Draw(boards[i % boards.Length]))
        );

        Assert.Equal(boards.Length, sequential.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void Families_have_the_colours_of_the_site()
    {
        var sheet = File.ReadAllText(Path.Combine(Checkout.Folder, "wwwroot", "css", "theme.css"));

        Assert.All(PreviewChart.Colours, c => Assert.Equal(c.Value, Regex.Match(sheet, $"--{c.Key}: (#[0-9a-f]{{6}})").Groups[1].Value));
    }

    private static SKBitmap Decode(byte[] png) => SKBitmap.Decode(png);

    private static SKColor At(SKBitmap picture, double x, double y) =>
        picture.GetPixel((int)(PreviewCard.ChartOrigin.X + x), (int)(PreviewCard.ChartOrigin.Y + y));

    private static int Count(SKBitmap picture, int left, int top, int right, int bottom, Func<SKColor, bool> isCounted)
    {
        var count = 0;
        for (var y = top; y < Math.Min(bottom, picture.Height); y++)
        {
            for (var x = left; x < Math.Min(right, picture.Width); x++)
            {
                count += isCounted(picture.GetPixel(x, y)) ? 1 : 0;
            }
        }

        return count;
    }
}
