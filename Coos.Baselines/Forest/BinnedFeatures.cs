using Coos.Baselines.Features;

namespace Coos.Baselines.Forest;

/// <summary>Features as the numbers of bins, at most 256 a feature, cut between values at equal numbers of images.</summary>
internal sealed class BinnedFeatures
{
    /// <summary>The most bins of a feature.</summary>
    public const int MaxBins = 256;

    private readonly byte[][] _bins;
    private readonly double[][] _cuts;

    /// <summary>Chooses the cuts and bins the features.</summary>
    /// <param name="features">N x D.</param>
    public BinnedFeatures(FeatureMatrix features)
    {
        Rows = features.Rows;
        _bins = new byte[features.Columns][];
        _cuts = new double[features.Columns][];
        Parallel.For(0, features.Columns, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, d =>
        {
            var values = new double[Rows];
            for (var i = 0; i < Rows; i++)
            {
                values[i] = features.Values[((long)i * features.Columns) + d];
            }

            _cuts[d] = Cuts([.. values.Order()]);
            _bins[d] = Array.ConvertAll(values, v => Bin(_cuts[d], v));
        });
    }

    /// <summary>N.</summary>
    public int Rows { get; }

    /// <summary>D.</summary>
    public int Columns => _bins.Length;

    /// <summary>The bins of a feature.</summary>
    /// <returns>N bins.</returns>
    public byte[] Column(int feature) => _bins[feature];

    /// <summary>The value up to which an image belongs to a bin or one before.</summary>
    public double Cut(int feature, int bin) => _cuts[feature][bin];

    private static byte Bin(double[] cuts, double value)
    {
        var place = Array.BinarySearch(cuts, value);
        return (byte)(place >= 0 ? place : ~place);
    }

    /// <summary>Midpoints: between all different values where they are few, else where the next quantile ends.</summary>
    private static double[] Cuts(double[] sorted)
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

    /// <summary>Of neighbouring numbers the lower, for rounding must not put the cut on the upper one.</summary>
    private static double Midpoint(double low, double high)
    {
        var middle = (low / 2) + (high / 2);
        return middle < high ? middle : low;
    }
}
