using Coos.Baselines.Features;

namespace Coos.Baselines.Forest;

/// <summary>Features as bin numbers: at most 1,024 bins per feature, each with about the same number of images.</summary>
internal sealed class BinnedFeatures
{
    /// <summary>The maximum number of bins per feature.</summary>
    public const int MaxBins = 1024;

    private readonly ushort[][] _bins;
    private readonly double[][] _lowest;
    private readonly double[][] _highest;

    /// <summary>Chooses the cuts and bins the features.</summary>
    /// <param name="features">Features, N x D.</param>
    public BinnedFeatures(FeatureMatrix features)
    {
        Rows = features.Rows;
        _bins = new ushort[features.Columns][];
        _lowest = new double[features.Columns][];
        _highest = new double[features.Columns][];
        Parallel.For(
            0,
            features.Columns,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            d =>
            {
                var values = new double[Rows];
                for (var i = 0; i < Rows; i++)
                {
                    values[i] = features.Values[((long)i * features.Columns) + d];
                }

                var cuts = ChooseCuts([.. values.Order()]);
                _bins[d] = Array.ConvertAll(values, v => FindBin(cuts, v));
                (_lowest[d], _highest[d]) = Ranges(values, _bins[d], cuts.Length + 1);
            }
        );
    }

    /// <summary>N, the number of images.</summary>
    public int Rows { get; }

    /// <summary>D, the number of features.</summary>
    public int Columns => _bins.Length;

    /// <summary>The bin of each image for a feature.</summary>
    /// <returns>N bins.</returns>
    public ushort[] Column(int feature) => _bins[feature];

    /// <summary>The value between two bins: the midpoint of the gap, as in scikit-learn.</summary>
    public double Cut(int feature, int left, int right) => Midpoint(_highest[feature][left], _lowest[feature][right]);

    private static (double[] Lowest, double[] Highest) Ranges(double[] values, ushort[] bins, int count)
    {
        var (lowest, highest) = (new double[count], new double[count]);
        Array.Fill(lowest, double.PositiveInfinity);
        Array.Fill(highest, double.NegativeInfinity);
        for (var i = 0; i < values.Length; i++)
        {
            lowest[bins[i]] = Math.Min(lowest[bins[i]], values[i]);
            highest[bins[i]] = Math.Max(highest[bins[i]], values[i]);
        }

        return (lowest, highest);
    }

    private static ushort FindBin(double[] cuts, double value)
    {
        var index = Array.BinarySearch(cuts, value);
        return (ushort)(index >= 0 ? index : ~index);
    }

    /// <summary>Cuts between all different values if they are few, otherwise at quantiles.</summary>
    private static double[] ChooseCuts(double[] sorted)
    {
        var changes = Enumerable.Range(1, sorted.Length - 1).Where(i => sorted[i] > sorted[i - 1]).ToArray();
        if (changes.Length < MaxBins)
        {
            return [.. changes.Select(i => Midpoint(sorted[i - 1], sorted[i]))];
        }

        var cuts = new List<double>(MaxBins - 1);
        foreach (var i in changes)
        {
            if (cuts.Count < MaxBins - 1 && i >= (cuts.Count + 1L) * sorted.Length / MaxBins)
            {
                cuts.Add(Midpoint(sorted[i - 1], sorted[i]));
            }
        }

        return [.. cuts];
    }

    /// <summary>The midpoint, or the lower of two adjacent numbers, since rounding must not move the cut to the upper one.</summary>
    private static double Midpoint(double low, double high)
    {
        var middle = (low / 2) + (high / 2);
        return middle < high ? middle : low;
    }
}
