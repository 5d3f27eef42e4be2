using Coos.Evaluator.Tests.Support;
using Coos.Shared.Scores;

namespace Coos.Evaluator.Tests.Scores;

/// <summary>Cases small enough to compute by hand.</summary>
public sealed class HandComputedTests
{
    [Fact]
    public void A_class_without_images_does_not_count_in_the_balanced_error()
    {
        // ER: 2 of 2, Golgi: 1 of 2, tubulin: no image. The balanced error is 1 - (1 + 0.5) / 2.
        var score = Score(actual: [0, 0, 1, 1], predicted: [0, 0, 1, 2]);

        Assert.Equal(0.25, score.BalancedError);
        Assert.Equal(0.75, score.Accuracy);
        Assert.Equal([1.0, 0.5, null], score.Classes.Select(c => c.Sensitivity));
        Assert.Equal([2, 2, 0], score.Classes.Select(c => c.Images));
        Assert.Null(score.Classes[2].SensitivityInterval);
        Assert.Equal(
            [
                [2, 0, 0],
                [0, 1, 1],
                [0, 0, 0],
            ],
            score.Confusion
        );
    }

    [Fact]
    public void The_balanced_error_weights_classes_equally()
    {
        // 9 of 10 are correct, but the only image of the second class is wrong.
        var score = Score(actual: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1], predicted: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

        Assert.Equal(0.5, score.BalancedError);
        Assert.Equal(0.9, score.Accuracy);
    }

    [Fact]
    public void With_all_correct_the_error_is_0_and_its_interval_starts_at_0()
    {
        var score = Score(actual: [0, 1, 2, 2], predicted: [0, 1, 2, 2]);

        Assert.Equal(0, score.BalancedError);
        Assert.Equal(1, score.Accuracy);
        Assert.Equal(0, score.BalancedErrorInterval![0]);
        Assert.InRange(score.BalancedErrorInterval[1], 0.1, 0.9);
    }

    [Fact]
    public void With_all_wrong_the_error_is_1_and_its_interval_ends_at_1()
    {
        var score = Score(actual: [0, 1, 2, 2], predicted: [1, 2, 0, 0]);

        Assert.Equal(1, score.BalancedError);
        Assert.Equal(0, score.Accuracy);
        Assert.Equal(1, score.BalancedErrorInterval![1]);
        Assert.InRange(score.BalancedErrorInterval[0], 0.1, 0.9);
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 1, 0)]
    public void One_image_is_enough_for_a_report(int predicted, double error, double accuracy)
    {
        var score = Score(actual: [1], predicted: [predicted]);

        Assert.Equal(1, score.Images);
        Assert.Equal(error, score.BalancedError);
        Assert.Equal(accuracy, score.Accuracy);
        Assert.Equal([0, 1, 0], score.Classes.Select(c => c.Images));
    }

    [Fact]
    public void Splits_are_combined_into_one_evaluation_with_version_and_hashes()
    {
        var score = Score(actual: [0, 1], predicted: [0, 1]);

        var evaluation = SplitEvaluator.Combine([score]);

        Assert.Equal(SplitEvaluator.Version, evaluation.EvaluatorVersion);
        Assert.Same(score, Assert.Single(evaluation.Splits));
        Assert.Equal(Evaluation.CombineHashes([("test2", score.LabelsHash!)]), evaluation.LabelsHash);
        Assert.Equal(Evaluation.CombineHashes([("test2", score.PredictionsHash!)]), evaluation.PredictionsHash);
        Assert.NotEqual(evaluation.LabelsHash, evaluation.PredictionsHash);
    }

    [Fact]
    public void A_different_number_of_predictions_and_labels_is_rejected()
    {
        var predictions = Predictions([0, 1]);

        Assert.Throws<ArgumentException>(() => SplitEvaluator.Evaluate(Sample.Labels(0, 1, 2), predictions, Sample.Classes));
    }

    private static SplitScore Score(int[] actual, int[] predicted) =>
        SplitEvaluator.Evaluate(Sample.Labels(actual), Predictions(predicted), Sample.Classes);

    private static Coos.Shared.Predictions.PredictionSet Predictions(int[] predicted)
    {
        string[] ids = [.. predicted.Select((_, i) => $"{i}")];
        var target = Sample.Target() with { Images = Sample.Images(ids) };
        return Sample.ReadGood("image_id,label\n" + string.Concat(predicted.Select((p, i) => $"{i},{p}\n")), target);
    }
}
