using System.Numerics.Tensors;
using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;

namespace Coos.Baselines.Forest;

/// <summary>
/// A random forest (Breiman, Machine Learning 45, 2001) for several classes: the mean of the trees' probabilities, as in scikit-learn.
/// </summary>
/// <param name="trees">The trees.</param>
/// <param name="classes">K, the number of classes.</param>
public sealed class RandomForest(IReadOnlyList<DecisionTree> trees, int classes) : IClassifier
{
    /// <summary>The trees.</summary>
    public IReadOnlyList<DecisionTree> Trees => trees;

    /// <summary>K, the number of classes.</summary>
    public int Classes => classes;

    /// <summary>Trains a forest, one tree per task. The result depends on the seed, not on the number of threads.</summary>
    /// <param name="training">The training set of N images.</param>
    /// <param name="options">The options of the forest.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    /// <param name="progress">Receives every tree.</param>
    /// <param name="cancellation">Cancels between two trees.</param>
    public static RandomForest Train(
        TrainingSet training,
        ForestOptions options,
        ulong seed,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(options);
        var data = new BinnedFeatures(training.Features);
        var trees = new DecisionTree[options.Trees];
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(
            0,
            trees.Length,
            parallel,
            t =>
            {
                trees[t] = TreeGrower.Grow(data, training.Labels, training.Classes, options, new KeyedRandom(seed, (ulong)t));
                progress?.Report(1);
            }
        );
        return new RandomForest(trees, training.Classes);
    }

    /// <inheritdoc />
    public FeatureMatrix Predict(FeatureMatrix features, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        var probabilities = new FeatureMatrix(features.Rows, classes);
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(
            0,
            features.Rows,
            parallel,
            i =>
            {
                var row = probabilities.Row(i);
                foreach (var tree in trees)
                {
                    tree.Add(features.Row(i), row);
                }

                TensorPrimitives.Divide(row, trees.Count, row);
            }
        );
        return probabilities;
    }
}
