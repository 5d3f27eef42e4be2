using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Plates;

/// <summary>A way in which the position of a well on its plate may change the error.</summary>
public enum PositionEffect
{
    /// <summary>The outermost rows and columns differ from the other wells.</summary>
    Edge = 0,

    /// <summary>Rows differ from each other.</summary>
    Row = 1,

    /// <summary>Columns differ from each other.</summary>
    Column = 2,
}

/// <summary>Why an effect cannot be tested.</summary>
public enum UntestedReason
{
    /// <summary>No two wells of one plate, with the same classes, differ in this part of their position.</summary>
    NothingToExchange = 0,

    /// <summary>The wells can be exchanged in so few ways that no result would be significant.</summary>
    TooFewWells = 1,

    /// <summary>Wells that can be exchanged have no errors, or the same share of errors.</summary>
    NoVariation = 2,
}

/// <summary>The test of one effect of the position, over all plates.</summary>
public sealed record PositionTest
{
    /// <summary>What is tested.</summary>
    public required PositionEffect Effect { get; init; }

    /// <summary>Why it cannot be tested; null if it is.</summary>
    public UntestedReason? Untested { get; init; }

    /// <summary>The number of wells that can be exchanged with another one.</summary>
    public int Wells { get; init; }

    /// <summary>The number of random permutations, B.</summary>
    public int Permutations { get; init; }

    /// <summary>The test statistic: the square of z for the edge, otherwise the sum of the squares of all rows' or columns' z.</summary>
    public double? Statistic { get; init; }

    /// <summary>(1 + b)/(1 + B), where b permutations have at least the observed statistic; null if it cannot be tested.</summary>
    public double? P { get; init; }

    /// <summary>p adjusted by Holm for the number of effects that are tested; null if it cannot be tested.</summary>
    public double? AdjustedP { get; init; }

    /// <summary>The differences: one for the edge, otherwise one per row or column that can be compared.</summary>
    public IReadOnlyList<PositionDifference> Differences { get; init; } = [];

    /// <summary>The difference with the largest absolute z; null if it cannot be tested.</summary>
    public PositionDifference? Largest => P is null ? null : Differences.MaxBy(d => Math.Abs(d.Z));
}

/// <summary>
/// The error of some positions minus that of the other ones in the same strata: the Mantel-Haenszel risk difference (Greenland and
/// Robins, "Estimation of a common effect parameter from sparse follow-up data", Biometrics 41, 1985).
/// </summary>
/// <param name="Format">The plates whose positions these are; null for the edge, which is of all plates.</param>
/// <param name="Index">The row or column, from 0; 0 for the edge.</param>
/// <param name="Difference">The difference of the errors, -1..1; positive if these positions have more errors.</param>
/// <param name="Interval">Its 95% interval, by well, not adjusted for the number of rows or columns.</param>
/// <param name="Z">The difference divided by its standard error if no position had an effect.</param>
public sealed record PositionDifference(PlateFormat? Format, int Index, double Difference, Interval Interval, double Z);
