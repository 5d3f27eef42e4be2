using Coos.Evaluator.Resolution;

namespace Coos.Server.Resolution;

/// <summary>What is known about a split before its resolution is computed.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Design">Its images by class and cluster; null if their number is not known.</param>
/// <param name="Source">Where the design comes from.</param>
/// <param name="Unit">What its clusters are, "well" or "plate"; null if images are independent.</param>
/// <param name="Correlation">The correlations by its baselines; null if unknown.</param>
internal sealed record KnownDesign(
    string Split,
    SamplingDesign? Design,
    DesignSource Source,
    string? Unit,
    IntraclassCorrelation? Correlation
)
{
    /// <summary>The correlations that are assumed where none is known.</summary>
    public static readonly IReadOnlyList<double> AssumedCorrelations = [0.02, 0.1];

    /// <summary>The number of clusters of each class where it is not known.</summary>
    public const int AssumedClusters = 16;

    /// <summary>Where its correlations come from.</summary>
    public CorrelationSource CorrelationSource =>
        Design?.Clusters is null ? CorrelationSource.Independent
        : Correlation is null ? CorrelationSource.Assumed
        : CorrelationSource.Baselines;

    /// <summary>The correlations to compute with: the known one, or both assumed ones. Between classes it is the same if unknown.</summary>
    public IReadOnlyList<IntraclassCorrelation> Correlations =>
        CorrelationSource switch
        {
            CorrelationSource.Independent => [new IntraclassCorrelation(0, null)],
            CorrelationSource.Baselines => [Correlation!.Value with { Between = BetweenOf(Correlation.Value) }],
            _ => [.. AssumedCorrelations.Select(icc => new IntraclassCorrelation(icc, BetweenOf(new(icc, icc))))],
        };

    /// <summary>Creates the design of a split of which only the number of images is known.</summary>
    /// <param name="split">The split's name.</param>
    /// <param name="images">The number of images; null if it is not known.</param>
    /// <param name="classes">K, the number of classes.</param>
    /// <param name="unit">The manifest's <c>cluster</c>; null if images count as independent.</param>
    public static KnownDesign Assume(string split, int? images, int classes, string? unit)
    {
        var clusters = unit is null ? (double?)null : Math.Max(1, Math.Min(AssumedClusters, Math.Floor((images ?? 0) / (double)classes)));
        return new KnownDesign(
            split,
            images is > 0 and var n ? SamplingDesign.CreateEven(classes, clusters, n, isShared: false) : null,
            DesignSource.Assumed,
            unit,
            null
        );
    }

    /// <summary>Computes the variance with one of <see cref="Correlations"/>, the last one if there are fewer.</summary>
    public DesignVariance ComputeVariance(int assumption)
    {
        var icc = Correlations[Math.Min(assumption, Correlations.Count - 1)];
        return Design!.ComputeVariance(icc.Within, icc.Between ?? icc.Within);
    }

    private double? BetweenOf(IntraclassCorrelation icc) => Design!.HasSharedClusters ? icc.Between ?? icc.Within : null;
}
