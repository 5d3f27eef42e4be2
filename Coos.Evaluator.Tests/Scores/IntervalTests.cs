using Coos.Evaluator.Statistics;
using Coos.Shared.Scores;

namespace Coos.Evaluator.Tests.Scores;

/// <summary>
/// Compares intervals with SciPy 1.10:
/// <c>scipy.stats.binomtest(k, n).proportion_ci(method='wilson')</c>.
/// </summary>
public sealed class IntervalTests
{
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData(0, 1, 0.0, 0.7934506856227626)]
    [InlineData(1, 1, 0.20654931437723745, 1.0)]
    [InlineData(0, 10, 0.0, 0.27753279986288926)]
    [InlineData(3, 10, 0.10779126740630102, 0.6032218525388546)]
    [InlineData(7, 10, 0.39677814746114526, 0.892208732593699)]
    [InlineData(10, 10, 0.7224672001371109, 1.0)]
    [InlineData(1, 2, 0.09453120573423074, 0.9054687942657693)]
    [InlineData(50, 100, 0.4038315303659956, 0.5961684696340044)]
    [InlineData(999, 1000, 0.9943574414020421, 0.9998234536293739)]
    [InlineData(1457, 1481, 0.9760000035852339, 0.9890861956768289)]
    [InlineData(4523, 4656, 0.9662474340139835, 0.9758447034105835)]
    public void The_interval_of_a_sensitivity_is_Wilsons(int successes, int trials, double lower, double upper)
    {
        var interval = Wilson.Compute(successes, trials);

        Assert.Equal(lower, interval.Lower, Tolerance);
        Assert.Equal(upper, interval.Upper, Tolerance);
    }

    /// <summary>ReferenceTests compares the limits with SciPy; this test checks their general properties.</summary>
    [Theory]
    [InlineData("5 0 0, 0 4 0, 0 0 3")]
    [InlineData("27 3 1, 2 8 0, 0 0 0")]
    [InlineData("0 1 0, 0 0 2, 3 0 0")]
    [InlineData("90 10, 400 600")]
    [InlineData("1457 24, 0 133")]
    [InlineData("1 0, 0 0")]
    [InlineData("0 1, 0 0")]
    [InlineData("1 0 0, 0 0 1, 0 1 0")]
    [InlineData("9999999 1, 0 2")]
    public void The_interval_of_a_balanced_error_contains_it_and_is_symmetric(string counts)
    {
        var matrix = Matrix(counts);

        var interval = BalancedErrorInterval.ComputePerImage(matrix);

        Assert.InRange(matrix.BalancedError, interval.Lower, interval.Upper);
        Assert.InRange(interval.Upper - interval.Lower, 1e-6, 1);
        Assert.InRange(interval.Lower, 0, 1);
        Assert.InRange(interval.Upper, 0, 1);
        var mirrored = BalancedErrorInterval.ComputePerImage(Swap(matrix));
        Assert.Equal(1 - interval.Upper, mirrored.Lower, 1e-9);
        Assert.Equal(1 - interval.Lower, mirrored.Upper, 1e-9);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(-1, 1)]
    public void A_proportion_without_trials_or_with_too_many_successes_is_rejected(int successes, int trials) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Compute(successes, trials));

    /// <summary>Swaps correct and misclassified images.</summary>
    private static ConfusionMatrix Swap(ConfusionMatrix matrix)
    {
        List<ushort> actual = [],
            predicted = [];
        for (var k = 0; k < matrix.ClassCount; k++)
        {
            actual.AddRange(Enumerable.Repeat((ushort)k, matrix.ClassImages(k)));
            predicted.AddRange(Enumerable.Repeat((ushort)((k + 1) % matrix.ClassCount), matrix[k, k]));
            predicted.AddRange(Enumerable.Repeat((ushort)k, matrix.ClassImages(k) - matrix[k, k]));
        }

        return ConfusionMatrix.Count(actual.ToArray(), predicted.ToArray(), matrix.ClassCount);
    }

    private static ConfusionMatrix Matrix(string counts)
    {
        int[][] rows =
        [
            .. counts.Split(',').Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToArray()),
        ];
        var actual = new List<ushort>();
        var predicted = new List<ushort>();
        for (var a = 0; a < rows.Length; a++)
        {
            for (var p = 0; p < rows.Length; p++)
            {
                actual.AddRange(Enumerable.Repeat((ushort)a, rows[a][p]));
                predicted.AddRange(Enumerable.Repeat((ushort)p, rows[a][p]));
            }
        }

        return ConfusionMatrix.Count(actual.ToArray(), predicted.ToArray(), rows.Length);
    }
}
