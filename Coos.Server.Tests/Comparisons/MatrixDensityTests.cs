using Coos.Server.Comparisons;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Server.Tests.Comparisons;

public sealed class MatrixDensityTests
{
    [Theory]
    [InlineData(null, 0, 99)]
    [InlineData("10-19", 10, 19)]
    [InlineData("90-400", 90, 99)]
    [InlineData("100-101", 0, 99)]
    [InlineData("19-10", 0, 99)]
    [InlineData("-5-3", 0, 99)]
    [InlineData("a-b", 0, 99)]
    [InlineData("99999999999-1", 0, 99)]
    public void A_range_that_cannot_be_read_is_all(string? text, int first, int last) =>
        Assert.Equal(new PositionRange(first, last), PositionRange.Read(text, 100));

    /// <summary>100 classes in 34 blocks of three, the last of one.</summary>
    [Fact]
    public void Blocks_hold_all_images_of_their_classes()
    {
        ClassLabel[] classes = [.. Enumerable.Range(0, 100).Select(k => new ClassLabel(k, $"c{k}", $"c{k}"))];
        ushort[] actual = [.. Enumerable.Range(0, 1000).Select(i => (ushort)(i % 100))];
        ushort[] predicted = [.. actual.Select((k, i) => i < 500 ? k : (ushort)((k + 50) % 100))];

        var density = MatrixDensity.Create(ConfusionMatrix.Count(actual, predicted, 100), classes, MatrixArea.All(100));

        Assert.Equal((34, 34, false), (density.Rows.Count, density.Columns.Count, density.IsExact));
        Assert.Equal((30, 10), (density.RowImages[0], density.RowImages[33]));
        Assert.Equal((1000, 500), (density.Blocks.Sum(b => b.Images), density.Blocks.Sum(b => b.Right)));
        Assert.Equal(new MatrixBlock(0, 0, 15, 15), density.Blocks[0]);
        Assert.Equal("99-99", density.Rows[33].ToString());
    }

    [Fact]
    public void An_area_of_few_classes_is_exact_and_in_the_order_that_was_chosen()
    {
        ClassLabel[] classes = [.. Enumerable.Range(0, 100).Reverse().Select(k => new ClassLabel(k, $"c{k}", $"c{k}"))];
        var matrix = ConfusionMatrix.Count([99, 99, 0], [99, 98, 0], 100);

        var density = MatrixDensity.Create(matrix, classes, new MatrixArea(new PositionRange(0, 9), new PositionRange(0, 9)));

        Assert.True(density.IsExact);
        Assert.Equal([new MatrixBlock(0, 0, 1, 1), new MatrixBlock(0, 1, 1, 0)], density.Blocks);
    }
}
