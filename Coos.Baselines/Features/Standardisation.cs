namespace Coos.Baselines.Features;

/// <summary>Centres and scales features by their mean and (population) standard deviation in training.</summary>
/// <param name="Means">D means.</param>
/// <param name="Scales">D standard deviations; 1 for a constant feature, as in scikit-learn.</param>
public sealed record Standardisation(double[] Means, double[] Scales)
{
    /// <summary>Computes means and scales.</summary>
    /// <param name="training">Features, N x D.</param>
    public static Standardisation Fit(FeatureMatrix training)
    {
        ArgumentNullException.ThrowIfNull(training);
        var means = new double[training.Columns];
        var scales = new double[training.Columns];
        Accumulate(training, (column, value) => means[column] += value / training.Rows);
        Accumulate(training, (column, value) => scales[column] += (value - means[column]) * (value - means[column]) / training.Rows);
        for (var column = 0; column < scales.Length; column++)
        {
            var deviation = Math.Sqrt(scales[column]);

            // By rounding, a constant feature has a deviation of about 1e-16 of its value.
            scales[column] = deviation > 1e-12 * Math.Abs(means[column]) ? deviation : 1;
        }

        return new Standardisation(means, scales);
    }

    /// <summary>Standardises features.</summary>
    /// <param name="features">Features, N x D; not changed.</param>
    /// <returns>Features, N x D.</returns>
    public FeatureMatrix Apply(FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfNotEqual(features.Columns, Means.Length);
        var result = new FeatureMatrix(features.Rows, features.Columns);
        for (var i = 0; i < features.Rows; i++)
        {
            var from = features.Row(i);
            var to = result.Row(i);
            for (var column = 0; column < to.Length; column++)
            {
                to[column] = (from[column] - Means[column]) / Scales[column];
            }
        }

        return result;
    }

    private static void Accumulate(FeatureMatrix features, Action<int, double> add)
    {
        for (var i = 0; i < features.Rows; i++)
        {
            var row = features.Row(i);
            for (var column = 0; column < row.Length; column++)
            {
                add(column, row[column]);
            }
        }
    }
}
