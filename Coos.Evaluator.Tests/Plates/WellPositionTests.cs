using Coos.Evaluator.Plates;

namespace Coos.Evaluator.Tests.Plates;

public sealed class WellPositionTests
{
    [Theory]
    [InlineData("A01", 0, 0, "A01")]
    [InlineData("A1", 0, 0, "A01")]
    [InlineData("a1", 0, 0, "A01")]
    [InlineData(" h12 ", 7, 11, "H12")]
    [InlineData("A001", 0, 0, "A01")]
    [InlineData("P24", 15, 23, "P24")]
    [InlineData("Z48", 25, 47, "Z48")]
    [InlineData("AA01", 26, 0, "AA01")]
    [InlineData("aF48", 31, 47, "AF48")]
    public void Reads_positions_of_96_384_and_1536_wells(string name, int row, int column, string expected)
    {
        Assert.True(WellPosition.TryParse(name, out var position));

        Assert.Equal((row, column, expected), (position.Row, position.Column, position.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("A")]
    [InlineData("01")]
    [InlineData("17")]
    [InlineData("A00")]
    [InlineData("A0")]
    [InlineData("A49")]
    [InlineData("AG01")]
    [InlineData("BA01")]
    [InlineData("AAA1")]
    [InlineData("A100")]
    [InlineData("A-01")]
    [InlineData("A1B")]
    [InlineData("\u00c401")]
    [InlineData("A\u0661")]
    [InlineData("well 1")]
    public void Rejects_other_names(string? name) => Assert.False(WellPosition.TryParse(name, out _));

    [Fact]
    public void Every_position_of_every_format_is_read_back_from_its_name() =>
        Assert.All(
            PlateFormat.All,
            format =>
            {
                for (var number = 0; number < format.Wells; number++)
                {
                    var position = WellPosition.FromNumber(number, format, isByColumn: false);
                    Assert.True(format.Holds(position));
                    Assert.True(WellPosition.TryParse(position.Name, out var read));
                    Assert.Equal(position, read);
                }
            }
        );

    [Fact]
    public void Numbers_run_along_the_rows_or_down_the_columns()
    {
        var format = PlateFormat.Find(384)!;

        Assert.Equal("B01", WellPosition.FromNumber(24, format, isByColumn: false).Name);
        Assert.Equal("A02", WellPosition.FromNumber(16, format, isByColumn: true).Name);
        Assert.Equal("P24", WellPosition.FromNumber(383, format, isByColumn: false).Name);
        Assert.Equal("P24", WellPosition.FromNumber(383, format, isByColumn: true).Name);
    }

    [Fact]
    public void The_edge_is_the_outermost_row_and_column()
    {
        Assert.Equal([36, 76, 156], PlateFormat.All.Select(CountEdge));

        static int CountEdge(PlateFormat format) =>
            Enumerable.Range(0, format.Wells).Count(n => format.IsEdge(WellPosition.FromNumber(n, format, isByColumn: false)));
    }
}
