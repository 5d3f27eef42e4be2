using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;

namespace Coos.Baselines.Tests.Support;

/// <summary>Creates artificial classes: overlapping clouds around random centres.</summary>
internal static class Blobs
{
    public static TrainingSet Make(int rows, int columns, int classes, int seed, double spread = 1)
    {
        var random = new Random(seed);
        var centres = new Random(5);
        var means = Enumerable.Range(0, classes * columns).Select(_ => (centres.NextDouble() * 4) - 2).ToArray();
        var features = new FeatureMatrix(rows, columns);
        var labels = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            labels[i] = i % classes;
            for (var d = 0; d < columns; d++)
            {
                var noise = random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2;
                features.Row(i)[d] = means[(labels[i] * columns) + d] + (spread * 3 * noise);
            }
        }

        return new TrainingSet(features, labels, classes);
    }
}
