using Coos.Evaluator.Plates;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;

namespace Coos.Evaluator.Tests.Plates;

public sealed class WellMapTests
{
    private static readonly PlateScheme ByRows = new(384, WellNumbering.Rows, 0);

    [Fact]
    public void Labels_without_wells_have_no_map() => Assert.Null(WellMap.Create(Sample.Labels(0, 1), null));

    [Theory]
    [InlineData("A01,H12", 8, 12)]
    [InlineData("A01,H13", 16, 24)]
    [InlineData("I01", 16, 24)]
    [InlineData("P24", 16, 24)]
    [InlineData("Q01", 32, 48)]
    [InlineData("A25", 32, 48)]
    public void The_smallest_plate_that_holds_all_wells_is_chosen(string wells, int rows, int columns)
    {
        var map = Create(null, null, wells.Split(','));

        Assert.Equal(new PlateFormat(rows, columns), map.Plates[0].Format);
    }

    [Fact]
    public void Each_plate_has_its_own_format()
    {
        var map = Create(["10", "9", "9"], null, "P24", "A01", "B02");

        Assert.Equal(["9", "10"], map.Plates.Select(p => p.Name));
        Assert.Equal([96, 384], map.Plates.Select(p => p.Format!.Wells));
        Assert.Equal([2, 0, 1], map.WellOfImage);
    }

    [Fact]
    public void The_manifest_chooses_the_format()
    {
        var map = Create(null, new PlateScheme(384, null, 1), "A01", "Q01");

        Assert.Equal(384, map.Plates[0].Format!.Wells);
        Assert.Equal(["A01", null], map.Wells.Select(w => w.Position?.Name));
    }

    [Fact]
    public void Without_plates_all_wells_are_on_one()
    {
        var map = Create(null, null, "B01", "A01", "A01");

        Assert.Null(Assert.Single(map.Plates).Name);
        Assert.Equal(["A01", "B01"], map.Wells.Select(w => w.Name));
        Assert.Equal([1, 0, 0], map.WellOfImage);
    }

    [Fact]
    public void Names_of_one_position_are_one_well()
    {
        var map = Create(null, null, "a1", "A01", "A1", "B1");

        Assert.Equal(["A01", "B01"], map.Wells.Select(w => w.Position?.Name));
        Assert.Equal([0, 0, 0, 1], map.WellOfImage);
    }

    [Fact]
    public void Names_that_are_no_position_come_after_the_positions_of_their_plate()
    {
        var map = Create(["1", "1", "1", "2", "2"], null, "blank", "C03", "A01", "no 10", "no 9");

        Assert.Equal(["A01", "C03", "blank", "no 9", "no 10"], map.Wells.Select(w => w.Name));
        Assert.Equal([96, null], map.Plates.Select(p => p.Format?.Wells));
    }

    [Fact]
    public void Images_without_a_well_belong_to_none()
    {
        var map = Create(["1", "", "1"], null, "A01", "", "");

        Assert.Single(map.Wells);
        Assert.Equal([0, -1, -1], map.WellOfImage);
    }

    [Fact]
    public void Numbers_are_positions_only_if_the_manifest_says_so()
    {
        Assert.Null(Create(null, null, "0", "383").Plates[0].Format);
        Assert.Equal(["A01", "P24"], Create(null, ByRows, "0", "383").Wells.Select(w => w.Position?.Name));
    }

    [Fact]
    public void Numbers_may_continue_on_the_next_plate()
    {
        var map = Create(["0", "1", "1"], ByRows, "25", "384", "767");

        Assert.Equal(["B02", "A01", "P24"], map.Wells.Select(w => w.Position?.Name));
    }

    [Fact]
    public void Numbers_of_two_plates_on_one_are_no_positions()
    {
        var map = Create(["0", "0"], ByRows, "0", "384");

        Assert.Null(map.Plates[0].Format);
        Assert.All(map.Wells, well => Assert.Null(well.Position));
    }

    [Fact]
    public void Numbers_can_start_at_one_and_run_down_the_columns()
    {
        var scheme = new PlateScheme(96, WellNumbering.Columns, 1);

        Assert.Equal(["A01", "H12"], Create(null, scheme, "96", "1", "0").Wells.Select(w => w.Position?.Name).OfType<string>());
        Assert.Equal("B01", Create(null, scheme, "2").Wells[0].Position?.Name);
    }

    [Fact]
    public void Counts_are_by_well_and_class()
    {
        var labels = Sample.Labels(0, 0, 1, 1).With("well", ["A01", "A02", "A02", ""]);
        var map = WellMap.Create(labels, null)!;

        var counts = WellCounts.Count(map, [0, 0, 1, 1], [0, 1, 0, 0], 2);
        var mean = counts.Add(WellCounts.Count(map, [0, 0, 1, 1], [1, 0, 1, 1], 2)).Divide(2);

        Assert.Equal([1, 0, 1, 1], counts.Images);
        Assert.Equal([0, 0, 1, 1], counts.Errors);
        Assert.Equal([0.5, 0, 0.5, 0.5], mean.Errors);
        Assert.Equal((2, 2.0), (counts.CountImages(1), counts.CountErrors(1)));
        Assert.Equal([0, 0, 0, 1], counts.Select(1).Images);
        Assert.Equal((1, 0.5), (mean.Select(1).CountImages(1), mean.Select(1).CountErrors(1)));
    }

    private static WellMap Create(string[]? plates, PlateScheme? scheme, params string[] wells) =>
        WellMap.Create(Labels(plates, wells), scheme)!;

    private static SplitLabels Labels(string[]? plates, string[] wells) =>
        Sample.Labels([.. wells.Select(_ => 0)]).With("plate", plates).With("well", wells);
}
