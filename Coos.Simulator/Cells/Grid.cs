namespace Coos.Simulator.Cells;

/// <summary>The square grid of points on which a specimen is drawn, centred on the crop.</summary>
/// <param name="Size">The number of points along one side.</param>
/// <param name="Spacing">The distance between points in micrometres.</param>
internal readonly record struct Grid(int Size, double Spacing)
{
    /// <summary>The number of points.</summary>
    public int Length => Size * Size;

    /// <summary>Half the side in micrometres.</summary>
    public double HalfSide => Spacing * (Size - 1) / 2;

    /// <summary>The coordinate of a column or row in micrometres.</summary>
    public double Coordinate(int index) => (index * Spacing) - HalfSide;

    /// <summary>The column or row of a coordinate, as a fraction.</summary>
    public double Position(double coordinate) => (coordinate + HalfSide) / Spacing;

    /// <summary>The columns or rows within a distance of a coordinate; empty if they are outside the grid.</summary>
    public (int First, int Last) Around(double coordinate, double distance) =>
        (
            Math.Max(0, (int)Math.Ceiling(Position(coordinate - distance))),
            Math.Min(Size - 1, (int)Math.Floor(Position(coordinate + distance)))
        );
}
