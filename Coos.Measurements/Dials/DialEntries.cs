using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;
using Coos.Baselines.Forest;
using Coos.Baselines.Texture;

namespace Coos.Measurements.Dials;

/// <summary>
/// The entries that the dials are measured with: texture features, some of them left out, with three classifiers, trained on the
/// images as they are or also on changed ones.
/// </summary>
internal static class DialEntries
{
    private static readonly string[] Classifiers = ["L1 LR", "kNN", "forest"];

    /// <summary>Trains the entries.</summary>
    /// <param name="plain">Features of the training images.</param>
    /// <param name="changed">Features of the training images after random changes.</param>
    /// <param name="labels">The class of each training image.</param>
    /// <param name="classes">K, the number of classes.</param>
    public static IEnumerable<DialEntry> Train(FeatureMatrix plain, FeatureMatrix changed, int[] labels, int classes)
    {
        foreach (var (features, columns) in ListFeatures(plain.Columns))
        {
            foreach (var augmented in new[] { false, true })
            {
                var chosen = Choose(plain, columns);
                var training = augmented ? Append(chosen, Choose(changed, columns)) : chosen;
                int[] classOf = augmented ? [.. labels, .. labels] : labels;
                var standardisation = Standardisation.Fit(training);
                var set = new TrainingSet(standardisation.Apply(training), classOf, classes);
                foreach (var name in Classifiers)
                {
                    IClassifier classifier = name switch
                    {
                        "L1 LR" => L1LogisticRegression.Train(set, 0.1),
                        "kNN" => new NearestNeighbours(set),
                        _ => RandomForest.Train(set, new ForestOptions(), seed: 1),
                    };
                    var group = $"{features}{(augmented ? ", augmented" : "")}";
                    yield return new DialEntry(
                        $"{group}, {name}",
                        group,
                        all => [.. Decision.Classes(classifier.Predict(standardisation.Apply(Choose(all, columns)))).Select(k => (ushort)k)]
                    )
                    {
                        IsAugmented = augmented,
                    };
                }
            }
        }
    }

    /// <summary>The features and their columns: five distances of 13 features, then mean, sum, deviation and correlation.</summary>
    private static IEnumerable<(string Name, int[] Columns)> ListFeatures(int count)
    {
        var distances = new TextureOptions().Distances.Count;
        var perDistance = (count - 4) / distances;
        var texture = distances * perDistance;
        yield return ("all", [.. Enumerable.Range(0, count)]);
        yield return ("fine", [.. Enumerable.Range(0, 2 * perDistance)]);
        yield return ("coarse", [.. Enumerable.Range(2 * perDistance, texture - (2 * perDistance)), count - 1]);
        yield return ("without intensities", [.. Enumerable.Range(0, texture), count - 1]);
    }

    private static FeatureMatrix Choose(FeatureMatrix features, int[] columns)
    {
        var chosen = new FeatureMatrix(features.Rows, columns.Length);
        for (var i = 0; i < features.Rows; i++)
        {
            var from = features.Row(i);
            var to = chosen.Row(i);
            for (var c = 0; c < columns.Length; c++)
            {
                to[c] = from[columns[c]];
            }
        }

        return chosen;
    }

    private static FeatureMatrix Append(FeatureMatrix first, FeatureMatrix second) =>
        new(first.Rows + second.Rows, first.Columns, [.. first.Values, .. second.Values]);
}

/// <summary>A trained entry.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Group">Its features and training images, which it shares with other entries.</param>
/// <param name="Predict">Predicts the class of each image from all features.</param>
internal sealed record DialEntry(string Name, string Group, Func<FeatureMatrix, ushort[]> Predict)
{
    /// <summary>Whether it is also trained on changed images.</summary>
    public required bool IsAugmented { get; init; }
}
