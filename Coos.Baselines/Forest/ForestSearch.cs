using Coos.Baselines.Classifiers;

namespace Coos.Baselines.Forest;

/// <summary>The random search of the paper: samples its grid and evaluates by 5-fold cross-validation of the training images.</summary>
public static class ForestSearch
{
    /// <summary>The number of samples in the paper.</summary>
    public const int DefaultSamples = 100;

    /// <summary>The number of folds.</summary>
    public const int Folds = 5;

    private static readonly int?[] Depths = [1, 13, 25, 37, 50, null];
    private static readonly int[] Splits = [2, 5, 10, 20, 40];
    private static readonly int[] Leaves = [1, 2, 4, 8, 16];

    /// <summary>Samples the grid without replacement.</summary>
    /// <param name="samples">The number of samples, up to the 3,000 of the grid.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    public static IReadOnlyList<ForestOptions> Sample(int samples, ulong seed)
    {
        var grid = (
            from trees in Enumerable.Range(1, 10)
            from features in new[] { MaxFeatures.Log2, MaxFeatures.Sqrt }
            from depth in Depths
            from split in Splits
            from leaf in Leaves
            select new ForestOptions
            {
                Trees = 20 * trees,
                MaxFeatures = features,
                MaxDepth = depth,
                MinSamplesSplit = split,
                MinSamplesLeaf = leaf,
            }
        ).ToArray();
        var order = Enumerable.Range(0, grid.Length).ToArray();
        new KeyedRandom(seed, ulong.MaxValue).Shuffle(order);
        return [.. order.Take(samples).Select(i => grid[i])];
    }

    /// <summary>Finds the sample with the lowest mean error over the folds, the first on a tie.</summary>
    /// <param name="training">The training set of N images.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    /// <param name="samples">The number of settings to try.</param>
    /// <param name="progress">Receives every fit, 5 per sample.</param>
    /// <param name="cancellation">Cancels between two trees.</param>
    /// <returns>The settings, and the share of misclassified images in cross-validation.</returns>
    public static (ForestOptions Options, double Error) Run(
        TrainingSet training,
        ulong seed,
        int samples = DefaultSamples,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(training);
        var folds = Stratify(training.Labels, seed);
        RequireFolds(training.Labels, folds);
        var sets = Enumerable
            .Range(0, Folds)
            .Select(f =>
                (
                    Fit: training.Select([.. Enumerable.Range(0, folds.Length).Where(i => folds[i] != f)]),
                    Check: training.Select([.. Enumerable.Range(0, folds.Length).Where(i => folds[i] == f)])
                )
            )
            .ToArray();
        var (best, bestError) = (new ForestOptions(), double.PositiveInfinity);
        foreach (var options in Sample(samples, seed))
        {
            var error = 0.0;
            foreach (var (fit, check) in sets)
            {
                var forest = RandomForest.Train(fit, options, seed, null, cancellation);
                var predicted = Decision.Classes(forest.Predict(check.Features, cancellation));
                error += predicted.Zip(check.Labels).Count(p => p.First != p.Second) / (double)predicted.Length / Folds;
                progress?.Report(1);
            }

            (best, bestError) = error < bestError ? (options, error) : (best, bestError);
        }

        return (best, bestError);
    }

    /// <summary>Rejects training sets that leave a fold without test images, or without a second class to train on.</summary>
    private static void RequireFolds(int[] labels, int[] folds)
    {
        bool IsTooSmall(int fold) => !folds.Contains(fold) || labels.Where((_, i) => folds[i] != fold).Distinct().Count() < 2;
        if (Enumerable.Range(0, Folds).Any(IsTooSmall))
        {
            var counts = string.Join(", ", labels.CountBy(l => l).OrderBy(c => c.Key).Select(c => $"{c.Value} of class {c.Key}"));
            throw new BaselineException(
                $"there are too few training images for a search by {Folds}-fold cross-validation: {counts}; train without --search"
            );
        }
    }

    /// <summary>Assigns a fold to every image, so that each class is spread evenly.</summary>
    internal static int[] Stratify(int[] labels, ulong seed)
    {
        var order = Enumerable.Range(0, labels.Length).ToArray();
        new KeyedRandom(seed, ulong.MaxValue - 1).Shuffle(order);
        var folds = new int[labels.Length];
        var position = 0;
        foreach (var image in order.OrderBy(i => labels[i]))
        {
            folds[image] = position++ % Folds;
        }

        return folds;
    }
}
