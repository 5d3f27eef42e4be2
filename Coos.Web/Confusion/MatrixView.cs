using Coos.Shared.Benchmarks;

namespace Coos.Web.Confusion;

/// <summary>A K x K table as pages draw it: true classes down, predicted classes across.</summary>
/// <param name="Title">What the numbers are.</param>
/// <param name="Unit">In words, of what.</param>
/// <param name="Classes">The classes, in the order of rows and columns.</param>
/// <param name="Rows">The cells, in that order.</param>
public sealed record MatrixView(string Title, string Unit, IReadOnlyList<ClassLabel> Classes, IReadOnlyList<MatrixCell[]> Rows)
{
    /// <summary>The images of each row, where the table has such a column.</summary>
    public IReadOnlyList<int>? Totals { get; init; }

    /// <summary>What stands below the table until a cell is pointed at; null where cells have no more to say.</summary>
    public string? Hint { get; init; }
}

/// <summary>A cell.</summary>
/// <param name="Text">What stands in it.</param>
/// <param name="Css">Its colour.</param>
/// <param name="Reading">The cell in words with its interval; null where there is nothing to say.</param>
public readonly record struct MatrixCell(string Text, string Css, string? Reading);
