using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;
using Coos.Baselines.Forest;
using Coos.Baselines.Tests.Support;
using Coos.Baselines.Texture;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Tests;

/// <summary>The whole pipelines against mahotas with scikit-learn: class-balanced errors in percent of test1, test2 and test3.</summary>
public sealed class YeastTests(YeastTests.Features features) : IClassFixture<YeastTests.Features>
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public void Nearest_neighbours_err_as_the_reference() =>
        Check([34.76, 41.61, 35.42], 0.5, new NearestNeighbours(features.Training));

    [Fact]
    public void Logistic_regression_errs_as_the_reference() =>
        Check([25.10, 42.28, 28.68], 2, L1LogisticRegression.Train(features.Training, cancellation: Cancellation));

    [Fact]
    public void Forests_err_as_the_reference_in_the_mean_of_five_seeds() =>
        Check([17.83, 61.99, 34.90], 3, [.. Enumerable.Range(1, 5).Select(seed => RandomForest.Train(features.Training, new ForestOptions(), (ulong)seed, null, Cancellation))]);

    private void Check(double[] expected, double tolerance, params IClassifier[] classifiers)
    {
        var errors = features.Tests.Select(test => 100 * classifiers.Average(c => Decision.BalancedError(test.Labels, Decision.Classes(c.Predict(test.Features, Cancellation))))).ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", errors.Select(e => e.ToString("0.00", null))));
        Assert.All(expected.Zip(errors), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= tolerance, $"expected {string.Join(", ", expected)} within {tolerance}, got {string.Join(", ", errors)}"));
    }

    public sealed class Features
    {
        public Features()
        {
            var folder = SharedFolder.Require("data", "yeast5");
            var (training, labels) = Load(folder, "training");
            var standardisation = Standardisation.Fit(training);
            Training = new TrainingSet(standardisation.Apply(training), labels, 5);
            Tests = [.. new[] { "test1", "test2", "test3" }.Select(split => Load(folder, split)).Select(s => new TrainingSet(standardisation.Apply(s.Features), s.Labels, 5))];
        }

        public TrainingSet Training { get; }

        public TrainingSet[] Tests { get; }

        private static (FeatureMatrix Features, int[] Labels) Load(string folder, string split)
        {
            using var set = ImageSet.Open(Path.Combine(folder, $"YEAST5_v1.0_{split}.hdf5"));
            return (TextureFeatures.Compute(set), set.ReadLabels(5)!);
        }
    }
}
