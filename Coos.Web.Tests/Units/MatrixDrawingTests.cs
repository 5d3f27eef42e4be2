using System.Xml.Linq;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Coos.Web.Confusion;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>Small confusion matrices.</summary>
public sealed class MatrixDrawingTests
{
    [Theory]
    [InlineData(0, 10, "")]
    [InlineData(1, 1000, "<1")]
    [InlineData(5, 1000, "<1")]
    [InlineData(6, 1000, "1")]
    [InlineData(1, 3, "33")]
    [InlineData(994, 1000, "99")]
    [InlineData(999, 1000, ">99")]
    [InlineData(1000, 1000, "100")]
    public void A_single_image_is_visible_in_a_rounded_share(int count, int images, string number) =>
        Assert.Equal(number, MatrixDrawing.Number(count, images));

    [Fact]
    public void Cells_with_images_are_drawn_and_text_is_escaped()
    {
        ClassLabel[] classes =
        [
            new(0, "A <b>", "A <b>"),
            new(1, "A long name of a class", "A long name of a class"),
            new(2, "None", "None"),
        ];

        var svg = XElement.Parse(
            MatrixDrawing.Draw(
                classes,
                ConfusionMatrix.FromRows([
                    [9, 1, 0],
                    [0, 4, 0],
                    [0, 0, 0],
                ]),
                "of \"Test\" & <x>"
            )
        );

        Assert.Equal("of \"Test\" & <x>", svg.Attribute("aria-label")?.Value);
        Assert.Equal(["90", "10", "100"], svg.Elements("g").Select(g => g.Element("text")!.Value));
        Assert.Equal(["share c19", "share c6", "share c20"], svg.Elements("g").Select(g => g.Attribute("class")!.Value));
        Assert.Equal(
            ["A <b>", "A <b>", "A long name o\u2026", "A long name o\u2026", "None", "None"],
            svg.Elements("text").Select(t => t.Value)
        );
    }

    [Fact]
    public void Names_of_capital_letters_have_room()
    {
        ClassLabel[] classes = [new(0, "MMWW", "MMWW"), new(1, "NUCL", "NUCL")];

        var svg = XElement.Parse(
            MatrixDrawing.Draw(
                classes,
                ConfusionMatrix.FromRows([
                    [1, 0],
                    [0, 1],
                ]),
                "of two"
            )
        );

        // In Inter at 12 pixels, M and W are about 11 pixels wide, so four of them take 44 of the units left of the cells.
        var end = double.Parse(svg.Elements("text").First().Attribute("x")!.Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(end, 44, 60);
    }

    [Fact]
    public void A_small_matrix_is_drawn_larger_up_to_a_limit()
    {
        ClassLabel[] classes = [new(0, "Round", "R"), new(1, "Square", "S")];

        var svg = XElement.Parse(
            MatrixDrawing.Draw(
                classes,
                ConfusionMatrix.FromRows([
                    [1, 0],
                    [0, 1],
                ]),
                "of two"
            )
        );

        Assert.Equal(("0 0 71 71", "134"), (svg.Attribute("viewBox")?.Value, svg.Attribute("width")?.Value));
    }

    [Fact]
    public void Many_classes_are_drawn_without_names_and_numbers()
    {
        var classes = Enumerable.Range(0, MatrixDrawing.MaximumNamed + 1).Select(i => new ClassLabel(i, $"c{i}", $"c{i}")).ToList();
        int[][] counts = [.. classes.Select(c => classes.Select(d => c == d ? 2 : 0).ToArray())];

        var svg = XElement.Parse(MatrixDrawing.Draw(classes, ConfusionMatrix.FromRows(counts), "many"));

        Assert.Equal(classes.Count, svg.Elements("g").Count());
        Assert.Empty(svg.Descendants("text"));
    }
}
