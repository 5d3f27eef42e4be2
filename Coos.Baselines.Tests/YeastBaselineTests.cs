using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;
using Coos.Baselines.Forest;
using Coos.Baselines.Texture;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Tests;

/// <summary>Compares whole pipelines with mahotas and scikit-learn: balanced errors of test1, test2 and test3 in percent.</summary>
public sealed class YeastBaselineTests(YeastBaselineTests.Features features) : IClassFixture<YeastBaselineTests.Features>
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public void Errors_of_nearest_neighbours_agree_with_the_reference() =>
        Check([34.76, 41.61, 35.42], 0.5, training => [new NearestNeighbours(training)]);

    [Fact]
    public void Errors_of_logistic_regression_agree_with_the_reference() =>
        Check([25.10, 42.28, 28.68], 2, training => [L1LogisticRegression.Train(training, cancellation: Cancellation)]);

    [Fact]
    public void Mean_errors_of_five_forests_agree_with_the_reference() =>
        Check(
            [17.83, 61.99, 34.90],
            3,
            training =>
                [
                    .. Enumerable
                        .Range(1, 5)
                        .Select(seed => RandomForest.Train(training, new ForestOptions(), (ulong)seed, null, Cancellation)),
                ]
        );

    private void Check(double[] expected, double tolerance, Func<TrainingSet, IClassifier[]> train)
    {
        var (training, tests) = features.Compute(SharedFolder.RequireYeast());
        var classifiers = train(training);
        var errors = tests.Select(test => 100 * classifiers.Average(c => Error(c, test))).ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", errors.Select(e => e.ToString("0.00", null))));
        Assert.All(
            expected.Zip(errors),
            pair =>
                Assert.True(
                    Math.Abs(pair.First - pair.Second) <= tolerance,
                    $"expected {string.Join(", ", expected)} within {tolerance}, got {string.Join(", ", errors)}"
                )
        );
    }

    private static double Error(IClassifier classifier, TrainingSet test) =>
        Decision.BalancedError(test.Labels, Decision.Classes(classifier.Predict(test.Features, Cancellation)));

    /// <summary>The features of all images, computed on the first use in a test because only a test can be skipped.</summary>
    public sealed class Features
    {
        private (TrainingSet Training, TrainingSet[] Tests)? _computed;

        /// <summary>Standardised features of the training split and the test splits. The tests of a class run one after another.</summary>
        public (TrainingSet Training, TrainingSet[] Tests) Compute(string folder) => _computed ??= Standardised(folder);

        private static (TrainingSet Training, TrainingSet[] Tests) Standardised(string folder)
        {
            var (training, labels) = Load(folder, "training");
            var standardisation = Standardisation.Fit(training);
            return (
                new TrainingSet(standardisation.Apply(training), labels, 5),
                [
                    .. new[] { "test1", "test2", "test3" }
                        .Select(split => Load(folder, split))
                        .Select(s => new TrainingSet(standardisation.Apply(s.Features), s.Labels, 5)),
                ]
            );
        }

        private static (FeatureMatrix Features, int[] Labels) Load(string folder, string split)
        {
            using var set = ImageSet.Open(Path.Combine(folder, $"YEAST5_v1.0_{split}.hdf5"));
            return (TextureFeatures.Compute(set), set.ReadLabels(5)!);
        }
    }
}
