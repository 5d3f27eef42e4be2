using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;
using Coos.Baselines.Forest;
using Coos.Baselines.Tests.Support;

namespace Coos.Baselines.Tests.Forest;

public sealed class RandomForestTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public void A_tree_without_bootstrap_predicts_its_training_images()
    {
        var training = Blobs.Make(500, 9, 3, seed: 1, spread: 2);

        var forest = RandomForest.Train(training, new ForestOptions { Trees = 1, Bootstrap = false }, 1, null, Cancellation);

        Assert.Equal(training.Labels, Decision.Classes(forest.Predict(training.Features, Cancellation)));
    }

    [Fact]
    public void A_stump_cuts_between_the_classes()
    {
        var training = new TrainingSet(new FeatureMatrix(6, 1, [1, 2, 3, 10, 11, 12]), [0, 0, 0, 1, 1, 1], 2);

        var forest = RandomForest.Train(
            training,
            new ForestOptions
            {
                Trees = 1,
                Bootstrap = false,
                MaxDepth = 1,
            },
            1,
            null,
            Cancellation
        );

        Assert.Equal([0, -1, -1], forest.Trees[0].Features);
        Assert.Equal(6.5, forest.Trees[0].Cuts[0]);
    }

    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(5, 2, 1)]
    [InlineData(1, 40, 13)]
    public void Depth_and_sample_limits_are_respected(int leaf, int split, int depth)
    {
        var training = Blobs.Make(400, 5, 3, seed: 1, spread: 3);
        var options = new ForestOptions
        {
            Trees = 1,
            Bootstrap = false,
            MinSamplesLeaf = leaf,
            MinSamplesSplit = split,
            MaxDepth = depth,
        };

        var tree = RandomForest.Train(training, options, 3, null, Cancellation).Trees[0];

        var counts = new int[tree.Features.Length];
        for (var i = 0; i < 400; i++)
        {
            var steps = 0;
            for (var node = 0; ; steps++)
            {
                counts[node]++;
                if (tree.Features[node] < 0)
                {
                    break;
                }

                node = training.Features.Row(i)[tree.Features[node]] <= tree.Cuts[node] ? tree.Left[node] : tree.Right[node];
            }

            Assert.InRange(steps, 0, depth);
        }

        Assert.All(counts, c => Assert.True(c >= leaf));
        Assert.All(counts.Where((_, node) => tree.Features[node] >= 0), c => Assert.True(c >= split));
    }

    [Fact]
    public void The_forest_depends_only_on_the_seed()
    {
        var training = Blobs.Make(300, 9, 3, seed: 1);
        var options = new ForestOptions { Trees = 8 };

        var first = RandomForest.Train(training, options, 7, null, Cancellation).Predict(training.Features, Cancellation);

        var repeated = RandomForest.Train(training, options, 7, null, Cancellation).Predict(training.Features, Cancellation);
        var other = RandomForest.Train(training, options, 8, null, Cancellation).Predict(training.Features, Cancellation);
        Assert.Equal(first.Values, repeated.Values);
        Assert.NotEqual(first.Values, other.Values);
    }

    [Fact]
    public void The_search_samples_the_papers_grid_and_spreads_classes_over_folds()
    {
        var samples = ForestSearch.Sample(100, 1);
        var training = Blobs.Make(100, 4, 2, seed: 1);
        var folds = ForestSearch.Stratify(training.Labels, 1);

        Assert.Equal(100, samples.Distinct().Count());
        Assert.All(Enumerable.Range(0, 5), f => Assert.Equal(10, folds.Where((fold, i) => fold == f && training.Labels[i] == 0).Count()));
        Assert.InRange(ForestSearch.Run(training, 1, samples: 2, cancellation: Cancellation).Error, 0, 0.5);
    }
}
