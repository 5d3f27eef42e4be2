using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics.Designs;

/// <summary>The probabilities of an error in the clusters of a simulated split.</summary>
/// <remarks>
/// The errors of a class vary between clusters as a beta distribution with the class's mean and intra-class correlation (ICC). The
/// classes of one cluster have the same quantile of their distributions, so that they fail together. Quantiles are tabulated.
/// </remarks>
internal sealed class ErrorPattern
{
    private const int Quantiles = 2000;

    private readonly Func<int, (double Error, double Icc)> _ofClass;
    private readonly Dictionary<(double Error, double Icc), double[]> _tables = [];

    private ErrorPattern(string name, Func<int, (double Error, double Icc)> ofClass) => (Name, _ofClass) = (name, ofClass);

    /// <summary>The name in tables.</summary>
    public string Name { get; }

    /// <summary>All classes have one error and ICC.</summary>
    public static ErrorPattern Same(double error, double icc) =>
        new(FormattableString.Invariant($"{100 * error:0.#}%, ICC {icc:0.##}"), _ => (error, icc));

    /// <summary>The first class has another error and ICC than the rest.</summary>
    public static ErrorPattern FirstClass(string name, (double Error, double Icc) first, (double Error, double Icc) rest) =>
        new(name, k => k == 0 ? first : rest);

    /// <summary>Prepares the quantiles of the given number of classes.</summary>
    public void Prepare(int classCount)
    {
        foreach (var key in Enumerable.Range(0, classCount).Select(_ofClass).Distinct().Where(key => !_tables.ContainsKey(key)))
        {
            _tables[key] = [.. Enumerable.Range(0, Quantiles).Select(i => ComputeQuantile((i + 0.5) / Quantiles, key.Error, key.Icc))];
        }
    }

    /// <summary>The true balanced error: the mean of the tabulated quantiles.</summary>
    public double ComputeTruth(int classCount) => Enumerable.Range(0, classCount).Average(k => _tables[_ofClass(k)].Average());

    /// <summary>Draws predictions.</summary>
    public ushort[] Predict(ushort[] actual, Clusters clusters, int classCount, ref SplitMix mix)
    {
        var quantiles = new int[clusters.Count];
        for (var g = 0; g < quantiles.Length; g++)
        {
            quantiles[g] = mix.Below(Quantiles);
        }

        double[][] tables = [.. Enumerable.Range(0, classCount).Select(k => _tables[_ofClass(k)])];
        var predicted = new ushort[actual.Length];
        for (var i = 0; i < predicted.Length; i++)
        {
            var isWrong = mix.NextDouble() < tables[actual[i]][quantiles[clusters.Ids[i]]];
            predicted[i] = (ushort)(isWrong ? (actual[i] + 1) % classCount : actual[i]);
        }

        return predicted;
    }

    private static double ComputeQuantile(double probability, double error, double icc)
    {
        var size = (1 - icc) / Math.Max(icc, 1e-12);
        return icc == 0 ? error : IncompleteBeta.Quantile(probability, error * size, (1 - error) * size);
    }
}
