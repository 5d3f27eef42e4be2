using Coos.Shared.Benchmarks;

namespace Coos.Web.Confusion;

/// <summary>A K x K table as shown on pages; rows are true classes, columns are predicted classes.</summary>
/// <param name="Title">The quantity in the cells.</param>
/// <param name="Unit">A description of the quantity.</param>
/// <param name="Classes">The classes, in the order of rows and columns.</param>
/// <param name="Rows">The cells, in that order.</param>
public sealed record MatrixView(string Title, string Unit, IReadOnlyList<ClassLabel> Classes, IReadOnlyList<MatrixCell[]> Rows)
{
    /// <summary>The number of images of each row; null if the table does not contain that column.</summary>
    public IReadOnlyList<int>? Totals { get; init; }

    /// <summary>The address of the images of a cell, by true and predicted class; null if cells have no links.</summary>
    public Func<ClassLabel, ClassLabel, string>? Address { get; init; }

    /// <summary>The text below the table until the reader points at a cell; null if cells have no details.</summary>
    public string? Hint { get; init; }
}

/// <summary>A cell of a matrix table.</summary>
/// <param name="Text">The text in the cell.</param>
/// <param name="Css">The CSS classes of its colour.</param>
/// <param name="Reading">The cell in words with its interval; null if it has no details.</param>
/// <param name="IsEmpty">Whether the cell has no images.</param>
public readonly record struct MatrixCell(string Text, string Css, string? Reading, bool IsEmpty = false);
