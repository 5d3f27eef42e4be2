using Coos.Evaluator.Statistics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Statistics;

public sealed class CalibrationTests
{
    /// <summary>
    /// 40 images of 3 classes; truth (i² + i div 3) mod 3, weights 1 + (7 i + 5 k) mod 11, + 6 for the true class, over
    /// their sum. Expected: scikit-learn 1.2.1, <c>log_loss(y, P, sample_weight=1 / bincount(y)[y])</c>; NumPy,
    /// <c>((P - eye(3)[y])**2).sum(1).mean()</c> and <c>sum(len(ix) / 40 * abs(right[ix].mean() - P.max(1)[ix].mean()))</c>
    /// over <c>ix = argsort(P.max(1), kind="stable")[b * 40 // 15:(b + 1) * 40 // 15]</c>.
    /// </summary>
    [Fact]
    public void Calibration_equals_scikit_learn_and_NumPy()
    {
        ushort[] actual = [.. Enumerable.Range(0, 40).Select(i => (ushort)(((i * i) + (i / 3)) % 3))];
        var probabilities = new double[120];
        for (var i = 0; i < 40; i++)
        {
            double[] weights = [.. Enumerable.Range(0, 3).Select(k => 1.0 + (((i * 7) + (k * 5)) % 11) + (k == actual[i] ? 6 : 0))];
            for (var k = 0; k < 3; k++)
            {
                probabilities[(i * 3) + k] = weights[k] / weights.Sum();
            }
        }

        var calibration = Calibration.Compute(actual, new ClassProbabilities(probabilities, 3));

        Assert.Equal(0.6899447873173136, calibration.BalancedLogLoss, 1e-12);
        Assert.Equal(0.39623003521095734, calibration.Brier, 1e-12);
        Assert.Equal(0.3596679331503539, calibration.ExpectedCalibrationError, 1e-12);
        Assert.Equal(15, calibration.Bins.Count);
        Assert.Equal(40, calibration.Bins.Sum(b => b.Images));
    }

    [Fact]
    public void Certain_and_correct_predictions_have_no_loss()
    {
        var calibration = Calibration.Compute([0, 1], new ClassProbabilities((double[])[1, 0, 0, 1], 2));

        Assert.Equal(0, calibration.BalancedLogLoss);
        Assert.Equal(0, calibration.Brier);
        Assert.Equal(0, calibration.ExpectedCalibrationError);
    }

    [Fact]
    public void Certain_and_wrong_predictions_have_a_finite_loss()
    {
        var calibration = Calibration.Compute([0, 1], new ClassProbabilities((double[])[0, 1, 1, 0], 2));

        Assert.Equal(-Math.Log(1e-15), calibration.BalancedLogLoss, 1e-12);
        Assert.Equal(2, calibration.Brier);
        Assert.Equal(1, calibration.ExpectedCalibrationError);
    }

    [Fact]
    public void Rare_and_frequent_classes_have_equal_weight()
    {
        var calibration = Calibration.Compute(
            [0, 0, 0, 1],
            new ClassProbabilities((double[])[.5, .5, 0, .5, .5, 0, .5, .5, 0, .75, .25, 0], 3)
        );

        Assert.Equal((Math.Log(2) + Math.Log(4)) / 2, calibration.BalancedLogLoss, 1e-12);
    }

    [Fact]
    public void One_image_has_one_bin() =>
        Assert.Equal([new ReliabilityBin(1, 0.7, 0)], Calibration.Compute([1], new ClassProbabilities((double[])[.7, .3], 2)).Bins);

    [Fact]
    public void Missing_rows_of_probabilities_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => Calibration.Compute([0, 1], new ClassProbabilities((double[])[1, 0], 2)));
        Assert.Throws<ArgumentException>(() => Calibration.Compute([], new ClassProbabilities((double[])[], 2)));
    }
}
