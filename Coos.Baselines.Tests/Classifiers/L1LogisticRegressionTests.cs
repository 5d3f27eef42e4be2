using Coos.Baselines.Classifiers;
using Coos.Baselines.Tests.Support;

namespace Coos.Baselines.Tests.Classifiers;

public sealed class L1LogisticRegressionTests
{
    /// <summary>Expected: scikit-learn's saga solver with a tolerance of 1e-9 on the same features.</summary>
    [Theory]
    [InlineData(1, 130.614644)]
    [InlineData(0.1, 16.605444)]
    public void The_objective_equals_scikit_learn(double c, double expected)
    {
        var training = Blobs.Make(300, 6, 3, seed: 4);

        var model = L1LogisticRegression.Train(training, c, null, TestContext.Current.CancellationToken);

        Assert.Equal(expected, model.Objective(training, c), 0.001 * expected);
    }

    /// <summary>The sums of ML.NET in single precision may differ between processors, but predictions must not.</summary>
    [Fact]
    public void Predictions_do_not_depend_on_the_start()
    {
        var training = Blobs.Make(300, 6, 3, seed: 4);

        var cancellation = TestContext.Current.CancellationToken;
        var one = L1LogisticRegression.Train(training, 1, null, cancellation).Predict(training.Features, cancellation);
        var fromZero = L1LogisticRegression.Train(training, 1, new double[3 * 7], null, cancellation);
        var other = fromZero.Predict(training.Features, cancellation);

        Assert.All(one.Values.Zip(other.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
    }

    [Fact]
    public async Task Training_can_be_cancelled()
    {
        var training = Blobs.Make(60_000, 40, 7, seed: 4);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromMilliseconds(300));

        var train = Task.Run(() => L1LogisticRegression.Train(training, 1, null, stop.Token), CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => train);
    }

    [Fact]
    public void A_strong_penalty_leaves_only_the_class_frequencies()
    {
        var training = Blobs.Make(300, 6, 3, seed: 4);

        var model = L1LogisticRegression.Train(training, 1e-4, null, TestContext.Current.CancellationToken);

        Assert.All(model.Weights.Values, w => Assert.Equal(0, w));
        Assert.All(model.Predict(training.Features, TestContext.Current.CancellationToken).Values, p => Assert.Equal(1.0 / 3, p, 3));
    }
}
