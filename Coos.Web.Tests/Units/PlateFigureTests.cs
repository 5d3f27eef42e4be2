using Coos.Evaluator.Plates;
using Coos.Server.Plates;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;
using Coos.Web.Plates;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>The geometry of plates that the page, the SVG file and the PNG file share.</summary>
public sealed class PlateFigureTests
{
    [Theory]
    [InlineData(96, "H12", "H", "12")]
    [InlineData(384, "P24", "P", "24")]
    [InlineData(1536, "AF48", "AF", "48")]
    public void Every_well_and_label_is_inside_the_figure(int wells, string last, string row, string column)
    {
        var figure = Draw((null, last, 10, 3));

        Assert.Equal(wells, figure.Wells.Count);
        Assert.All(
            figure.Wells,
            well =>
            {
                Assert.InRange(well.X - well.Radius, 0, figure.Width);
                Assert.InRange(well.X + well.Radius, 0, figure.Width);
                Assert.InRange(well.Y - well.Radius, 0, figure.Height);
                Assert.InRange(well.Y + well.Radius, 0, figure.Height);
            }
        );
        Assert.All(figure.Means, mean => Assert.True(mean.X + mean.Side <= figure.Width && mean.Y + mean.Side <= figure.Height));
        Assert.All([row, column, "A", "1", "mean"], text => Assert.Single(figure.Texts, t => t.Text == text));
    }

    [Fact]
    public void Empty_wells_are_smaller_and_have_no_colour()
    {
        var figure = Draw((null, "A01", 10, 0), (null, "B02", 10, 10), (null, "H12", 1, 0));

        var (none, all, empty) = (figure.Wells[0], figure.Wells[13], figure.Wells[1]);
        Assert.Equal((0, "0", "A01: 0 of 10 images wrong, 0.0%"), (none.Step, none.Text, none.Reading));
        Assert.Equal((20, "100", "B02: 10 of 10 images wrong, 100.0%"), (all.Step, all.Text, all.Reading));
        Assert.Equal((null, "", null), (empty.Step, empty.Text, empty.Reading));
        Assert.True(empty.Radius < 0.7 * none.Radius);
        Assert.Equal("H12: 0 of 1 image wrong, 0.0%", figure.Wells[95].Reading);
    }

    [Fact]
    public void Means_of_rows_and_columns_are_of_their_images()
    {
        var figure = Draw((null, "A01", 10, 5), (null, "A02", 30, 3), (null, "H12", 10, 0));

        Assert.Equal(["Row A: 20.0% of 40 images wrong", "Row H: 0.0% of 10 images wrong"], figure.Means.Take(2).Select(m => m.Reading));
        Assert.Equal(["50", "10", "0"], figure.Means.Skip(2).Select(m => m.Text));
    }

    [Fact]
    public void Wells_of_1536_have_no_numbers() =>
        Assert.All(Draw((null, "A01", 10, 5), (null, "AF48", 5, 1)).Wells, well => Assert.Equal("", well.Text));

    [Theory]
    [InlineData(null, "All wells")]
    [InlineData("", "No plate named")]
    [InlineData("4", "Plate 4")]
    [InlineData("Plate-B", "Plate-B")]
    public void A_plate_is_called_by_its_name(string? name, string expected) => Assert.Equal(expected, Draw((name, "A01", 1, 0)).Title);

    [Fact]
    public void The_scale_of_small_errors_ends_at_10_percent() => Assert.Equal(0.1, Draw((null, "A01", 100, 2)).Full);

    private static PlateFigure Draw(params (string? Plate, string Well, int Images, int Errors)[] wells)
    {
        var positions = wells.Select(w => WellPosition.TryParse(w.Well, out var position) ? position : default).ToList();
        var (format, plate) = (PlateFormat.FindSmallest(positions), wells[0].Plate);
        var map = new WellMap(
            [new MappedPlate(plate, format, 0, wells.Length)],
            [.. wells.Zip(positions, (w, p) => new MappedWell(0, w.Well, p))],
            []
        );
        var counts = new WellCounts(map, 1, [.. wells.Select(w => w.Images)], [.. wells.Select(w => (double)w.Errors)]);
        var benchmark = new Benchmark
        {
            Slug = "b",
            Name = "B",
            Summary = "",
            Classes = [],
            Splits = [],
            Ranking = new Ranking(MetricId.BalancedError, []),
        };
        return Assert.Single(PlateFigure.CreateAll(new PlateResult(benchmark, "test1", null, counts, []) { Subject = "Method" }));
    }
}
