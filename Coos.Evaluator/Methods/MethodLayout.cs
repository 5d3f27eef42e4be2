using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;
using Coos.Shared.Labels;

namespace Coos.Evaluator.Methods;

/// <summary>
/// The labels of a board's ranking splits, laid out for methods over runs. A method is encoded once; a comparison of two then
/// takes microseconds.
/// </summary>
/// <remarks>
/// After Bouthillier et al., "Accounting for variance in machine learning benchmarks" (MLSys 2021): a result of training varies
/// with its test images and with its random choices, and a comparison of methods needs both.
/// </remarks>
public sealed class MethodLayout
{
    private readonly MethodSplit[] _splits;
    private readonly IReadOnlyList<SplitPart>? _parts;
    private readonly string _clusterUnit;

    /// <summary>Creates the layout of the splits.</summary>
    /// <param name="splits">The labels of all ranking splits, at least one.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="cluster">The benchmark's <c>cluster</c>; used only if the labels of all splits have it.</param>
    public MethodLayout(IReadOnlyList<SplitLabels> splits, int classCount, string? cluster)
    {
        ArgumentNullException.ThrowIfNull(splits);
        _splits = [.. splits.Select(s => new MethodSplit(s, classCount, cluster))];
        _clusterUnit = Clusters.DescribeUnit(_splits.Select(s => s.Clusters).OfType<Clusters>());
    }

    /// <summary>Creates the layout of parts of the splits. <see cref="Encode"/> selects their predictions.</summary>
    /// <param name="parts">The part of each ranking split, at least one.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="cluster">The benchmark's <c>cluster</c>; used only if the labels of all splits have it.</param>
    public MethodLayout(IReadOnlyList<SplitPart> parts, int classCount, string? cluster)
        : this([.. parts.Select(p => p.Labels)], classCount, cluster) => _parts = parts;

    /// <summary>Encodes the runs of a method.</summary>
    /// <param name="runs">For each run the predictions of each split, in the order of the splits; of all their images.</param>
    /// <exception cref="ArgumentException">There is no run, or a run has another number of predictions.</exception>
    public MethodEvidence Encode(IReadOnlyList<IReadOnlyList<ushort[]>> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.Count is 0 or > ushort.MaxValue)
        {
            throw new ArgumentException($"{runs.Count} runs; allowed: 1 to {ushort.MaxValue}.", nameof(runs));
        }

        ushort[][][] predicted = [.. runs.Select(run => run.Select((p, split) => _parts is null ? p : _parts[split].Select(p)).ToArray())];
        ushort[][] wrong = [.. _splits.Select((split, i) => split.CountWrong(predicted.Select(run => run[i])))];
        return new MethodEvidence(
            wrong,
            [.. _splits.Select((split, i) => split.ComputeClusterValues(wrong[i], runs.Count))],
            [.. predicted.Select(run => _splits.Select((split, i) => split.ComputeError(run[i])).Average())]
        );
    }

    /// <summary>Estimates the mean error of a method with its interval.</summary>
    /// <param name="method">The method, of at least two runs.</param>
    public MethodEstimate Estimate(MethodEvidence method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var (images, unit) = FindWider(
            split => _splits[split].ComputeByCluster(method.ClusterValues[split]),
            split => _splits[split].ComputeByImage(method.WrongRuns[split], method.Runs)
        );
        return MethodEstimate.OfMean(method.Mean, MethodVariance.Combine(images, (method.RunVariance, method.Runs)), unit);
    }

    /// <summary>Compares two methods: the mean error of the first minus that of the second.</summary>
    /// <param name="first">A method of at least two runs.</param>
    /// <param name="second">Another method of at least two runs.</param>
    public MethodEstimate Compare(MethodEvidence first, MethodEvidence second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (variance, unit) = ComputeVariance(first, second);
        return MethodEstimate.OfDifference(first.Mean - second.Mean, variance, unit);
    }

    /// <summary>Computes the two-sided p of two methods, without the interval.</summary>
    /// <param name="first">A method of at least two runs.</param>
    /// <param name="second">Another method of at least two runs.</param>
    public double ComputeP(MethodEvidence first, MethodEvidence second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return ComputeVariance(first, second).Variance.ComputeP(first.Mean - second.Mean);
    }

    private (MethodVariance Variance, string Unit) ComputeVariance(MethodEvidence first, MethodEvidence second)
    {
        var (images, unit) = FindWider(
            split =>
                first.ClusterValues[split] is { } own && second.ClusterValues[split] is { } other
                    ? _splits[split].ComputeByCluster(own.Zip(other, (a, b) => a - b).ToArray())
                    : null,
            split => _splits[split].ComputeByImage(first.WrongRuns[split], first.Runs, second.WrongRuns[split], second.Runs)
        );
        return (MethodVariance.Combine(images, (first.RunVariance, first.Runs), (second.RunVariance, second.Runs)), unit);
    }

    /// <summary>
    /// Computes the variance of a mean over the splits, by cluster where all splits allow it, and never narrower than per image.
    /// </summary>
    private (ClusterVariance Variance, string Unit) FindWider(Func<int, ClusterVariance?> byCluster, Func<int, ClusterVariance> byImage)
    {
        var splits = Enumerable.Range(0, _splits.Length);
        var image = ClusterVariance.Sum([.. splits.Select(byImage)], _splits.Length);
        ClusterVariance?[] terms = [.. splits.Select(byCluster)];
        if (terms.Any(t => t is null))
        {
            return (image, "image");
        }

        var cluster = ClusterVariance.Sum([.. terms.Select(t => t!.Value)], _splits.Length);
        return cluster.HalfWidth >= image.HalfWidth ? (cluster, _clusterUnit) : (image, "image");
    }
}
