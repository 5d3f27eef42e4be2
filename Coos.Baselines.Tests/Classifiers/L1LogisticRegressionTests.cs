using Coos.Baselines.Classifiers;
using Coos.Baselines.Tests.Support;

namespace Coos.Baselines.Tests.Classifiers;

public sealed class L1LogisticRegressionTests
{
    /// <summary>Expected: scikit-learn's saga at a tolerance of 1e-9 on the same features.</summary>
    [Theory]
    [InlineData(1, 130.614644)]
    [InlineData(0.1, 16.605444)]
    public void The_objective_is_that_of_scikit_learn(double c, double expected)
    {
        var training = Blobs.Make(300, 6, 3, seed: 4);

        var model = L1LogisticRegression.Train(training, c, null, TestContext.Current.CancellationToken);

        Assert.Equal(expected, model.Objective(training, c), 0.001 * expected);
    }

    /// <summary>What ML.NET adds up in single precision may differ between processors; what comes out may not.</summary>
    [Fact]
    public void The_start_does_not_show_in_the_predictions()
    {
        var training = Blobs.Make(300, 6, 3, seed: 4);

        var one = L1LogisticRegression.Train(training, 1, null, TestContext.Current.CancellationToken).Predict(training.Features, TestContext.Current.CancellationToken);
        var other = L1LogisticRegression.Train(training, 1, new double[3 * 7], null, TestContext.Current.CancellationToken).Predict(training.Features, TestContext.Current.CancellationToken);

        Assert.All(one.Values.Zip(other.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
    }

    [Fact]
    public async Task Training_can_be_stopped()
    {
        var training = Blobs.Make(60_000, 40, 7, seed: 4);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => L1LogisticRegression.Train(training, 1, null, stop.Token), CancellationToken.None));
    }

    [Fact]
    public void A_strong_penalty_leaves_no_weights_and_the_frequencies_of_the_classes()
    {
        var training = Blobs.Make(300, 6, 3, seed: 4);

        var model = L1LogisticRegression.Train(training, 1e-4, null, TestContext.Current.CancellationToken);

        Assert.All(model.Weights.Values, w => Assert.Equal(0, w));
        Assert.All(model.Predict(training.Features, TestContext.Current.CancellationToken).Values, p => Assert.Equal(1.0 / 3, p, 3));
    }
}
