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

    [Fact]
    public void A_strong_penalty_leaves_no_weights_and_the_frequencies_of_the_classes()
    {
        var training = Blobs.Make(300, 6, 3, seed: 4);

        var model = L1LogisticRegression.Train(training, 1e-4, null, TestContext.Current.CancellationToken);

        Assert.All(model.Weights.Values, w => Assert.Equal(0, w));
        Assert.All(model.Predict(training.Features, TestContext.Current.CancellationToken).Values, p => Assert.Equal(1.0 / 3, p, 3));
    }
}
