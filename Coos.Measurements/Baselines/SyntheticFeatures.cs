using System.Runtime.InteropServices;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;

namespace Coos.Measurements.Baselines;

/// <summary>Synthetic standardised features of COOS-7's size: seven overlapping classes with 69 correlated features.</summary>
internal static class SyntheticFeatures
{
    public const int Columns = 69;
    public const int Classes = 7;
    private const int Factors = 12;

    /// <summary>Creates a set. All sets share the class distributions; the seed determines the samples.</summary>
    public static TrainingSet Create(int rows, int seed)
    {
        var world = new Random(1);
        var mixing = Enumerable.Range(0, Factors * Columns).Select(_ => Normal(world)).ToArray();
        var centres = Enumerable.Range(0, Classes * Factors).Select(_ => 0.6 * Normal(world)).ToArray();
        var random = new Random(seed);
        var features = new FeatureMatrix(rows, Columns);
        var labels = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            labels[i] = random.Next(Classes);
            var row = features.Row(i);
            for (var f = 0; f < Factors; f++)
            {
                var factor = centres[(labels[i] * Factors) + f] + Normal(random);
                for (var d = 0; d < Columns; d++)
                {
                    row[d] += factor * mixing[(f * Columns) + d];
                }
            }

            for (var d = 0; d < Columns; d++)
            {
                row[d] += 0.5 * Normal(random);
            }
        }

        return new TrainingSet(Standardisation.Fit(features).Apply(features), labels, Classes);
    }

    /// <summary>Writes features and labels for another program: N x D doubles and N ints.</summary>
    public static void Write(string path, TrainingSet set)
    {
        File.WriteAllBytes(path + ".x", MemoryMarshal.AsBytes<double>(set.Features.Values).ToArray());
        File.WriteAllBytes(path + ".y", MemoryMarshal.AsBytes<int>(set.Labels).ToArray());
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
