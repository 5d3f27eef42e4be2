using System.Text.RegularExpressions;
using Coos.Web.Previews;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Previews;

/// <summary>What the pictures of links are drawn with: polygons and letters.</summary>
public sealed class DrawingTests
{
    private static readonly Ink White = Ink.Of("#ffffff");
    private static readonly Ink Black = Ink.Of("#000000");

    [Theory]
    [InlineData(1, 1, 2, 2, 4)]
    [InlineData(0.5, 0.25, 1, 1, 1)]
    [InlineData(2.25, 3.5, 0.5, 0.25, 0.125)]
    [InlineData(-3, -3, 5, 5, 4)]
    [InlineData(6, 6, 9, 9, 4)]
    [InlineData(-5, 3, 40, 1, 8)]
    public void A_box_covers_its_area_and_nothing_outside_the_picture(double x, double y, double width, double height, double area)
    {
        var canvas = new Canvas(8, 8, White);

        canvas.Fill([Shapes.Box(x, y, width, height)], Black);

        Assert.Equal(area, Covered(canvas), 0.02);
    }

    [Fact]
    public void Polygons_that_overlap_fill_once_and_one_that_turns_the_other_way_is_a_hole()
    {
        var twice = new Canvas(20, 20, White);
        twice.Fill([Shapes.Box(2, 2, 10, 10), Shapes.Box(6, 6, 10, 10)], Black);
        var ring = new Canvas(20, 20, White);
        ring.Fill([Shapes.Box(2, 2, 10, 10), Shapes.Box(4, 4, 6, 6).Reverse().ToList()], Black);
        var faint = new Canvas(20, 20, White);
        faint.Fill([Shapes.Box(0, 0, 20, 20)], Black, 0.5);

        Assert.Equal(164, Covered(twice), 0.1);
        Assert.Equal(64, Covered(ring), 0.1);
        Assert.Equal(200, Covered(faint), 1.0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.37)]
    public void A_disc_and_a_line_have_the_area_that_they_should(double shift)
    {
        var disc = new Canvas(100, 100, White);
        disc.Fill([Shapes.Disc(50 + shift, 50 + shift, 30)], Black);
        var line = new Canvas(100, 100, White);
        line.Fill(Shapes.Line([(20 + shift, 20), (60 + shift, 50)], 10), Black);

        Assert.Equal(Math.PI * 900, Covered(disc), 25.0);
        Assert.Equal(500 + (Math.PI * 25), Covered(line), 3.0);
    }

    [Fact]
    public void Every_letter_that_the_fonts_promise_is_drawn_within_its_line()
    {
        foreach (var font in new[] { OutlineFont.Regular, OutlineFont.Bold })
        {
            for (var letter = '!'; letter < '\u0180'; letter++)
            {
                if (char.IsControl(letter) || char.IsWhiteSpace(letter) || letter == '\u00AD')
                {
                    continue;
                }

                var points = font.Outline(letter.ToString(), 0, 0, 100).SelectMany(c => c).ToList();
                Assert.True(points.Count > 2, $"{letter} is empty");
                Assert.All(points, p => Assert.True(p.X is > -40 and < 140 && p.Y is > -130 and < 45, $"{letter}: {p}"));
            }
        }
    }

    [Fact]
    public void Letters_are_as_wide_as_their_font_says_and_their_holes_are_open()
    {
        var canvas = new Canvas(100, 100, White);
        canvas.Write("O", OutlineFont.Bold, 100, (10, 90), Black);
        var middle = 10 + (OutlineFont.Bold.WidthOf("O", 100) / 2);

        Assert.Equal(OutlineFont.Regular.WidthOf("AB", 50), OutlineFont.Regular.WidthOf("A", 50) + OutlineFont.Regular.WidthOf("B", 50), 1e-9);
        Assert.Equal(2 * OutlineFont.Regular.WidthOf("Tiny", 10), OutlineFont.Regular.WidthOf("Tiny", 20), 1e-9);
        Assert.Equal(255, canvas.Pixels[3 * ((54 * 100) + (int)middle)]);
        Assert.InRange(Covered(canvas), 1500, 3200);
    }

    [Theory]
    [InlineData("Short", 1000, "Short")]
    [InlineData("A name that is longer than its place", 200, "A name th\u2026")]
    [InlineData("A", 1, "\u2026")]
    [InlineData("", 1, "")]
    public void A_text_that_has_no_room_ends_in_an_ellipsis(string text, double width, string fitted) =>
        Assert.Equal(fitted, OutlineFont.Bold.Fit(text, 32, width));

    [Fact]
    public void Letters_that_the_font_lacks_and_halves_of_pairs_are_drawn_as_a_box()
    {
        var unknown = OutlineFont.Regular.WidthOf("\uFFFD", 20);

        Assert.True(unknown > 0);
        Assert.NotEmpty(OutlineFont.Regular.Outline("\uFFFD", 0, 0, 20));
        Assert.Equal(unknown, OutlineFont.Regular.WidthOf("\u7D30", 20));
        Assert.Equal(unknown, OutlineFont.Regular.WidthOf("\U0001F52C", 20));
        Assert.Equal(unknown, OutlineFont.Regular.WidthOf("\uD83D", 20));
    }

    [Fact]
    public void Families_have_the_colours_of_the_pages()
    {
        var sheet = File.ReadAllText(Path.Combine(Checkout.Folder, "wwwroot", "css", "theme.css"));

        Assert.All(PreviewChart.Colours, c => Assert.Equal(c.Value, Regex.Match(sheet, $"--{c.Key}: (#[0-9a-f]{{6}})").Groups[1].Value));
    }

    /// <summary>How many pixels' worth of black there is.</summary>
    private static double Covered(Canvas canvas)
    {
        var sum = 0.0;
        for (var i = 0; i < canvas.Pixels.Length; i += 3)
        {
            sum += 1 - (canvas.Pixels[i] / 255.0);
        }

        return sum;
    }
}
