namespace Coos.Evaluator.Resolution;

/// <summary>
/// What the labels say about the variance of a paired difference: the variance per unit of variance of one image, and its degrees
/// of freedom.
/// </summary>
/// <param name="Factor">The variance of the difference divided by q - delta², that of one image's difference of errors.</param>
/// <param name="Degrees">The degrees of freedom; infinity if images are independent.</param>
public readonly record struct DesignVariance(double Factor, double Degrees)
{
    /// <summary>Computes the variance of the mean of the differences of several splits, which are independent.</summary>
    /// <remarks>The degrees of freedom are Satterthwaite's (1946).</remarks>
    /// <param name="splits">The variance of each split, at least one.</param>
    public static DesignVariance ComputeMean(IReadOnlyCollection<DesignVariance> splits)
    {
        ArgumentNullException.ThrowIfNull(splits);
        ArgumentOutOfRangeException.ThrowIfZero(splits.Count);
        var (sum, squares) = (splits.Sum(s => s.Factor), splits.Sum(s => s.Factor * s.Factor / s.Degrees));
        return new DesignVariance(
            sum / splits.Count / splits.Count,
            squares > 0 ? Math.Max(1, sum * sum / squares) : double.PositiveInfinity
        );
    }

    /// <summary>Computes the variance if the splits had more clusters of the same kind.</summary>
    /// <param name="times">How many times as many, above 0.</param>
    public DesignVariance Enlarge(double times) => new(Factor / times, Math.Max(1, Degrees * times));
}
