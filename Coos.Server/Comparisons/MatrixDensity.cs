using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Server.Comparisons;

/// <summary>A block of a matrix: some true classes by some predicted ones.</summary>
/// <param name="Row">The block's row, from 0.</param>
/// <param name="Column">The block's column, from 0.</param>
/// <param name="Images">The number of images in it, at least 1.</param>
/// <param name="Right">How many of them are recognised.</param>
internal sealed record MatrixBlock(int Row, int Column, int Images, int Right);

/// <summary>
/// An area of a matrix in blocks, so that a matrix of thousands of classes can be seen at once: at most <see cref="MaximumSide"/> blocks
/// a side.
/// </summary>
internal sealed class MatrixDensity
{
    /// <summary>The maximum number of blocks a side.</summary>
    public const int MaximumSide = 40;

    private readonly int _rowSize;
    private readonly int _columnSize;

    private MatrixDensity(MatrixArea area, IReadOnlyList<ClassLabel> order)
    {
        (Area, Order) = (area, order);
        (_rowSize, _columnSize) = (SizeOf(area.Rows), SizeOf(area.Columns));
        Rows = Divide(area.Rows, _rowSize);
        Columns = Divide(area.Columns, _columnSize);
        RowImages = new int[Rows.Count];
    }

    /// <summary>The area.</summary>
    public MatrixArea Area { get; }

    /// <summary>All classes in the order of rows and columns.</summary>
    public IReadOnlyList<ClassLabel> Order { get; }

    /// <summary>The positions of each row of blocks.</summary>
    public IReadOnlyList<PositionRange> Rows { get; }

    /// <summary>The positions of each column of blocks.</summary>
    public IReadOnlyList<PositionRange> Columns { get; }

    /// <summary>The number of images of the true classes of each row, in all columns of the matrix.</summary>
    public int[] RowImages { get; }

    /// <summary>The blocks with images, by row, then by column.</summary>
    public IReadOnlyList<MatrixBlock> Blocks { get; private set; } = [];

    /// <summary>Whether each block is one cell.</summary>
    public bool IsExact => _rowSize == 1 && _columnSize == 1;

    /// <summary>Divides an area into blocks.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="order">All classes in the order of rows and columns.</param>
    /// <param name="area">The area.</param>
    public static MatrixDensity Create(ConfusionMatrix matrix, IReadOnlyList<ClassLabel> order, MatrixArea area)
    {
        var density = new MatrixDensity(area, order);
        density.Count(matrix);
        return density;
    }

    private void Count(ConfusionMatrix matrix)
    {
        var positions = new int[Order.Count];
        for (var p = 0; p < Order.Count; p++)
        {
            positions[Order[p].Index] = p;
        }

        var (images, right) = (new int[Rows.Count * Columns.Count], new int[Rows.Count * Columns.Count]);
        foreach (var cell in matrix.Cells)
        {
            var row = Find(positions[cell.Actual], Area.Rows, _rowSize);
            var column = Find(positions[cell.Predicted], Area.Columns, _columnSize);
            if (row < 0)
            {
                continue;
            }

            RowImages[row] += cell.Images;
            if (column >= 0)
            {
                images[(row * Columns.Count) + column] += cell.Images;
                right[(row * Columns.Count) + column] += cell.Actual == cell.Predicted ? cell.Images : 0;
            }
        }

        Blocks =
        [
            .. Enumerable
                .Range(0, images.Length)
                .Where(b => images[b] > 0)
                .Select(b => new MatrixBlock(b / Columns.Count, b % Columns.Count, images[b], right[b])),
        ];
    }

    private static int Find(int position, PositionRange range, int size) =>
        position < range.First || position > range.Last ? -1 : (position - range.First) / size;

    private static int SizeOf(PositionRange range) => (range.Count + MaximumSide - 1) / MaximumSide;

    private static PositionRange[] Divide(PositionRange range, int size) =>
        [
            .. Enumerable
                .Range(0, (range.Count + size - 1) / size)
                .Select(b => new PositionRange(range.First + (b * size), Math.Min(range.Last, range.First + ((b + 1) * size) - 1))),
        ];
}
