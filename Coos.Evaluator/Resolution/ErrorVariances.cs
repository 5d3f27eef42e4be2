using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Resolution;

/// <summary>The variances of the errors of an entry in each class, by analysis of variance of its clusters.</summary>
/// <param name="Between">The variance between clusters; below 0 if clusters differ less than by chance, 0 if unknown.</param>
/// <param name="Total">The variance of one image; 0 if unknown.</param>
/// <param name="Errors">The number of errors.</param>
internal sealed record ErrorVariances(double[] Between, double[] Total, int[] Errors)
{
    /// <summary>A class needs two clusters, one of them with two images.</summary>
    public static ErrorVariances Compute(ClusterLayout layout, int[] errors)
    {
        var count = layout.ClassImages.Count;
        var (clusters, wrong, squares) = (new int[count], new int[count], new double[count]);
        for (var cell = 0; cell < errors.Length; cell++)
        {
            var (k, n) = (layout.Cells[cell].Class, (double)layout.Cells[cell].Images);
            clusters[k]++;
            wrong[k] += errors[cell];
            squares[k] += n * n;
        }

        var (between, within) = (new double[count], new double[count]);
        for (var cell = 0; cell < errors.Length; cell++)
        {
            var (k, n) = (layout.Cells[cell].Class, (double)layout.Cells[cell].Images);
            var (share, mean) = (errors[cell] / n, (double)wrong[k] / layout.ClassImages[k]);
            between[k] += n * (share - mean) * (share - mean);
            within[k] += errors[cell] * (1 - share);
        }

        var total = new double[count];
        for (var k = 0; k < count; k++)
        {
            double n = layout.ClassImages[k];
            if (clusters[k] < 2 || n <= clusters[k])
            {
                between[k] = 0;
                continue;
            }

            var (msb, msw) = (between[k] / (clusters[k] - 1), within[k] / (n - clusters[k]));
            between[k] = (msb - msw) / ((n - (squares[k] / n)) / (clusters[k] - 1));
            total[k] = between[k] + msw;
        }

        return new ErrorVariances(between, total, wrong);
    }

    /// <summary>Computes the covariance of the errors of two images of one cluster, for each pair of classes that share clusters.</summary>
    public IEnumerable<(int First, int Second, double Covariance)> EnumerateCovariances(ClusterLayout layout, int[] errors)
    {
        var pairs = new Dictionary<(int, int), CrossProducts>();
        foreach (var (start, end) in layout.EnumerateClusters())
        {
            for (var a = start; a < end; a++)
            {
                for (var b = start; b < a; b++)
                {
                    var (first, second) = (layout.Cells[b], layout.Cells[a]);
                    pairs.TryGetValue((first.Class, second.Class), out var sums);
                    var residuals = Residual(layout, errors, b) * Residual(layout, errors, a);
                    pairs[(first.Class, second.Class)] = sums.Add(residuals, first.Share, second.Share);
                }
            }
        }

        foreach (var ((k, l), sums) in pairs.OrderBy(p => p.Key))
        {
            // With one shared cluster nothing is known about differences between clusters.
            var expected = sums.Products - sums.FirstSquares - sums.SecondSquares + (sums.Products * sums.Products);
            if (expected > 1e-9 * sums.Products)
            {
                yield return (k, l, sums.Residuals / expected / layout.ClassImages[k] / layout.ClassImages[l]);
            }
        }
    }

    private double Residual(ClusterLayout layout, int[] errors, int cell)
    {
        var (_, k, images, _) = layout.Cells[cell];
        return errors[cell] - ((double)images * Errors[k] / layout.ClassImages[k]);
    }

    /// <summary>Sums over the clusters of two classes, of their residuals r and of their shares s of the images of their class.</summary>
    /// <param name="Residuals">The sum of r_k r_l.</param>
    /// <param name="Products">The sum of s_k s_l.</param>
    /// <param name="FirstSquares">The sum of s_k² s_l.</param>
    /// <param name="SecondSquares">The sum of s_k s_l².</param>
    private readonly record struct CrossProducts(double Residuals, double Products, double FirstSquares, double SecondSquares)
    {
        public CrossProducts Add(double residual, double first, double second) =>
            new(
                Residuals + residual,
                Products + (first * second),
                FirstSquares + (first * first * second),
                SecondSquares + (first * second * second)
            );
    }
}
