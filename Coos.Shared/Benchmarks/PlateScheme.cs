namespace Coos.Shared.Benchmarks;

/// <summary>What a manifest says about the plates of a benchmark, for labels whose names of wells do not tell it.</summary>
/// <param name="Wells">The number of wells of each plate, 96, 384 or 1536; the smallest that holds all wells of a plate if null.</param>
/// <param name="Numbering">How whole numbers name wells; null if numbers are not positions.</param>
/// <param name="FirstNumber">The number of well A01 of the first plate, 0 or 1. The numbers of the next plate may continue.</param>
public sealed record PlateScheme(int? Wells, WellNumbering? Numbering, int FirstNumber)
{
    /// <summary>The numbers of wells that plates can have.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [96, 384, 1536];

    /// <summary>The scheme of a manifest that says nothing about plates.</summary>
    public static PlateScheme Unknown { get; } = new(null, null, 0);
}

/// <summary>The direction in which wells are numbered.</summary>
public enum WellNumbering
{
    /// <summary>A01, A02, A03, then the next row.</summary>
    Rows = 0,

    /// <summary>A01, B01, C01, then the next column.</summary>
    Columns = 1,
}
