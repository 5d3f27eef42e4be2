namespace Coos.Evaluator.Plates;

/// <summary>The rows and columns of a plate.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The number of columns.</param>
public sealed record PlateFormat(int Rows, int Columns)
{
    /// <summary>The known formats, smallest first: 96, 384 and 1536 wells (ANSI SLAS 4-2004).</summary>
    public static IReadOnlyList<PlateFormat> All { get; } = [new(8, 12), new(16, 24), new(32, 48)];

    /// <summary>The number of wells: 96, 384 or 1536.</summary>
    public int Wells => Rows * Columns;

    /// <summary>Finds a format by its number of wells; null if there is none.</summary>
    /// <param name="wells">The number of wells.</param>
    public static PlateFormat? Find(int? wells) => All.FirstOrDefault(f => f.Wells == wells);

    /// <summary>Finds the smallest format that holds all positions.</summary>
    /// <param name="positions">Positions of the largest format.</param>
    public static PlateFormat FindSmallest(IReadOnlyCollection<WellPosition> positions) => All.First(f => positions.All(f.Holds));

    /// <summary>Whether the plate has a position.</summary>
    /// <param name="position">The position.</param>
    public bool Holds(WellPosition position) => position.Row < Rows && position.Column < Columns;

    /// <summary>Whether a position is in the outermost row or column.</summary>
    /// <param name="position">A position of the plate.</param>
    public bool IsEdge(WellPosition position) =>
        position.Row == 0 || position.Column == 0 || position.Row == Rows - 1 || position.Column == Columns - 1;
}
