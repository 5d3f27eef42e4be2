using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Mixes;

/// <summary>The weighted error of an entry under a mix, with what its interval and its tests need.</summary>
public sealed class MixedScore
{
    private readonly MixLayout _layout;
    private readonly ClassLoss[][] _classes;

    internal MixedScore(MixLayout layout, IReadOnlyList<MistakeCounts> mistakes)
    {
        _layout = layout;
        _classes = new ClassLoss[layout.Splits.Count][];
        Values = new double[layout.Clusters];
        var design = new DesignEffect();
        for (var s = 0; s < layout.Splits.Count; s++)
        {
            var costs = ComputeCosts(layout, s, mistakes[s], _classes[s] = new ClassLoss[layout.Mix.ClassCount]);
            AddValues(s, costs);
            design.Add(layout.Splits[s], _classes[s], costs);
        }

        foreach (var stratum in layout.Strata)
        {
            for (var g = stratum.Start; g < stratum.End; g++)
            {
                Values[g] *= stratum.Scale;
            }
        }

        Design = design;
        Error = _classes.Select((split, s) => split.Select((c, k) => c.Images == 0 ? 0 : layout.Weights[s][k] * c.Mean).Sum()).Sum();
    }

    /// <summary>The weighted error: a share of images, 0..1, if each mistake costs 1; otherwise the mean cost per image.</summary>
    public double Error { get; }

    /// <summary>
    /// The contribution of each cluster to the error, from its mean, times the root of m/(m - 1): the variance of a stratum is the sum
    /// of their squares. Contributions to a difference are differences of these.
    /// </summary>
    internal double[] Values { get; }

    /// <summary>How much images of a cluster are alike, over all classes.</summary>
    internal DesignEffect Design { get; }

    /// <summary>The number of clusters with a costly mistake in a class with a weight.</summary>
    public int ClustersWithMistakes { get; private set; }

    /// <summary>Computes the 95% interval of the error.</summary>
    public MixInterval ComputeInterval() => MixInterval.Compute(_layout, this);

    /// <summary>
    /// The mean cost of a class's images on a split: 1 minus the sensitivity if each mistake costs 1; null without images.
    /// </summary>
    public double? ClassError(int split, int actual) => _classes[split][actual] is { Images: > 0 } c ? c.Mean : null;

    /// <summary>The losses of the classes of a split.</summary>
    internal ReadOnlySpan<ClassLoss> Classes(int split) => _classes[split];

    /// <summary>
    /// Computes the variance of the error between clusters, with Satterthwaite's degrees of freedom. A stratum in which few clusters
    /// carry the variance has fewer degrees than clusters: 2/(2/(m - 1) + g/m) with the excess kurtosis g of its clusters, from the
    /// variance of a sample variance (Kendall and Stuart, "The Advanced Theory of Statistics", volume 1, 10.5).
    /// </summary>
    internal ClusterVariance ComputeVariance()
    {
        var terms = new List<ClusterVariance>();
        foreach (var stratum in _layout.Strata)
        {
            var (squares, fourths) = (0.0, 0.0);
            for (var g = stratum.Start; g < stratum.End; g++)
            {
                var square = Values[g] * Values[g];
                squares += square;
                fourths += square * square;
            }

            double clusters = stratum.End - stratum.Start;
            var excess = squares > 0 ? Math.Max(0, (clusters * fourths / (squares * squares)) - 3) : 0;
            terms.Add(new ClusterVariance(squares, 2 / ((2.0 / stratum.Degrees) + (excess / clusters))));
        }

        return ClusterVariance.Sum(terms);
    }

    /// <summary>Sums the costs of each cell, and those of each class.</summary>
    private static double[] ComputeCosts(MixLayout layout, int s, MistakeCounts mistakes, ClassLoss[] classes)
    {
        var split = layout.Splits[s];
        for (var k = 0; k < classes.Length; k++)
        {
            classes[k].Images = split.ClassImages[k];
        }

        var costs = new double[split.CellClasses.Length];
        for (var cell = 0; cell < costs.Length; cell++)
        {
            var k = split.CellClasses[cell];
            var predicted = mistakes.Predicted(cell);
            var counts = mistakes.Counts(cell);
            ref var loss = ref classes[k];
            for (var m = 0; m < counts.Length; m++)
            {
                var cost = layout.Mix.Cost(k, predicted[m]);
                costs[cell] += cost * counts[m];
                loss.Squares += cost * cost * counts[m];
                loss.Mistakes += cost > 0 ? counts[m] : 0;
            }

            loss.Cost += costs[cell];
        }

        return costs;
    }

    private void AddValues(int s, double[] costs)
    {
        var (split, weights, positions) = (_layout.Splits[s], _layout.Weights[s], _layout.Positions[s]);
        var last = MixLayout.Nowhere;
        for (var cell = 0; cell < costs.Length; cell++)
        {
            if (positions[cell] == MixLayout.Nowhere)
            {
                continue;
            }

            var k = split.CellClasses[cell];
            var loss = _classes[s][k];
            Values[positions[cell]] += weights[k] * (costs[cell] - (loss.Mean * split.CellImages[cell])) / loss.Images;
            if (costs[cell] > 0 && positions[cell] != last)
            {
                ClustersWithMistakes++;
                last = positions[cell];
            }
        }
    }
}

/// <summary>What the images of a class cost on a split.</summary>
internal record struct ClassLoss
{
    /// <summary>n_k, the number of images.</summary>
    public int Images;

    /// <summary>The number of mistakes with a cost above 0.</summary>
    public int Mistakes;

    /// <summary>The sum of the costs.</summary>
    public double Cost;

    /// <summary>The sum of the squares of the costs.</summary>
    public double Squares;

    /// <summary>The mean cost of an image.</summary>
    public readonly double Mean => Cost / Images;

    /// <summary>The variance of the cost of an image, without bias; 0 with one image.</summary>
    public readonly double Variance => Images < 2 ? 0 : Math.Max(0, (Squares / Images) - (Mean * Mean)) * Images / (Images - 1);
}
