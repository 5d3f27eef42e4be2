namespace Coos.Evaluator.Mixes;

/// <summary>
/// How much the images of a cluster are alike in an entry's mistakes: the correlation of two images of one class, and of two images
/// of different classes, pooled over all classes of all splits by the moments of analysis of variance.
/// </summary>
/// <remarks>
/// A class with few clusters says little of its own variance between clusters: in a cluster that failed as a whole, or in none. The
/// correlation over all classes says more, so a mix of one class borrows it.
/// </remarks>
internal sealed class DesignEffect
{
    private double _within;
    private double _withinScale;
    private double _across;
    private double _acrossScale;
    private double _total;
    private double _squares;

    /// <summary>The correlation of two images of one class in a cluster, 0..1.</summary>
    public double SameClass => _withinScale > 0 ? Math.Clamp(_within / _withinScale, 0, 1) : 0;

    /// <summary>The correlation of two images of different classes in a cluster, 0..1.</summary>
    public double OtherClass => _acrossScale > 0 ? Math.Clamp(_across / _acrossScale, 0, 1) : 0;

    /// <summary>The degrees of freedom of these estimates, by Satterthwaite over the strata; 0 without mistakes.</summary>
    public double Degrees => _squares > 0 ? _total * _total / _squares : 0;

    /// <summary>Adds the cells of a split.</summary>
    /// <param name="split">The split.</param>
    /// <param name="classes">The losses of its classes.</param>
    /// <param name="costs">The cost of the mistakes in each cell.</param>
    public void Add(MixSplit split, ClassLoss[] classes, double[] costs)
    {
        if (split.Unit == MixSplit.Image)
        {
            return;
        }

        var (between, clusters, pairs) = (new double[classes.Length], new int[classes.Length], new double[classes.Length]);
        for (var cell = 0; cell < costs.Length; cell++)
        {
            var (k, images) = (split.CellClasses[cell], (double)split.CellImages[cell]);
            var residual = costs[cell] - (classes[k].Mean * images);
            between[k] += residual * residual;
            clusters[k]++;
            pairs[k] += images * (images - 1);
        }

        var strata = new double[split.StratumClusters.Count];
        for (var k = 0; k < classes.Length; k++)
        {
            if (clusters[k] > 1)
            {
                var variance = between[k] * clusters[k] / (clusters[k] - 1);
                _within += variance - (classes[k].Images * classes[k].Variance);
                _withinScale += classes[k].Variance * pairs[k];
                strata[split.ClassStrata[k]] += variance;
            }
        }

        // Classes that share clusters are not independent, so a stratum has the degrees of its clusters.
        foreach (var (h, variance) in strata.Index().Where(v => v.Item > 0))
        {
            _total += variance;
            _squares += variance * variance / (split.StratumClusters[h] - 1);
        }

        AddAcross(split, classes, costs);
    }

    /// <summary>Adds the pairs of images of different classes, which only clusters with several classes have.</summary>
    private void AddAcross(MixSplit split, ClassLoss[] classes, double[] costs)
    {
        for (int cell = 0, end; cell < costs.Length; cell = end)
        {
            var (sum, squares, scale, scaleSquares) = (0.0, 0.0, 0.0, 0.0);
            for (end = cell; end < costs.Length && split.CellClusters[end] == split.CellClusters[cell]; end++)
            {
                var (k, images) = (split.CellClasses[end], split.CellImages[end]);
                var residual = costs[end] - (classes[k].Mean * images);
                var size = Math.Sqrt(classes[k].Variance) * images;
                (sum, squares) = (sum + residual, squares + (residual * residual));
                (scale, scaleSquares) = (scale + size, scaleSquares + (size * size));
            }

            if (end > cell + 1)
            {
                _across += (sum * sum) - squares;
                _acrossScale += (scale * scale) - scaleSquares;
            }
        }
    }
}
