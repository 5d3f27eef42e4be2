using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Tests.Disclosures;

public sealed class DetailCodeTests
{
    /// <summary>By hand: C(101, 1) = 101 rows of two classes, C(106, 6) = 1,705,904,746 of seven.</summary>
    [Theory]
    [InlineData(1, 1, false, 0)]
    [InlineData(2, 2, false, 13.3164)]
    [InlineData(7, 7, false, 214.6752)]
    [InlineData(7, 1, false, 30.6679)]
    [InlineData(7, 0, true, 14.3093)]
    public void A_report_costs_the_logarithm_of_the_number_of_reports(int classes, int present, bool hasCalibration, double bits) =>
        Assert.Equal(bits, DetailCode.ComputeBits(classes, present, hasCalibration), 3);

    [Theory]
    [InlineData("1 1 1", "34 33 33")]
    [InlineData("1 2 3", "17 33 50")]
    [InlineData("0 0 0", "")]
    [InlineData("5 0", "100 0")]
    [InlineData("1 199", "1 99")]
    [InlineData("199 1", "100 0")]
    [InlineData("1 999 0", "0 100 0")]
    [InlineData("2000000000 2000000000", "50 50")]
    public void Rows_are_rounded_by_largest_remainder(string counts, string percents) =>
        Assert.Equal(Row(percents), WholePercents.Round([Row(counts)])[0]);

    [Fact]
    public void Rows_sum_to_100_and_are_within_one_percent()
    {
        for (ulong seed = 0; seed < 500; seed++)
        {
            var mix = new SplitMix(seed << 32);
            var classes = 1 + mix.Below(20);
            int[][] counts =
            [
                .. Enumerable.Range(0, classes).Select(_ => Enumerable.Range(0, classes).Select(_ => mix.Below(50)).ToArray()),
            ];
            counts[0] = new int[classes];

            var percents = WholePercents.Round(counts);

            Assert.Empty(percents[0]);
            for (var k = 1; k < classes; k++)
            {
                Assert.True(percents[k].Length == 0 ? counts[k].Sum() == 0 : percents[k].Sum() == 100);
                Assert.All(percents[k], (percent, j) => Assert.True(Math.Abs(percent - (100.0 * counts[k][j] / counts[k].Sum())) < 1));
            }
        }
    }

    [Fact]
    public void Calibration_is_rounded_to_a_hundredth()
    {
        Assert.Equal(0.29, DetailCode.RoundCalibration(0.2949));
        Assert.Equal(0.03, DetailCode.RoundCalibration(0.025));
        Assert.Equal(2, DetailCode.RoundCalibration(2));
        var values = Enumerable.Range(0, 200_001).Select(i => DetailCode.RoundCalibration(i / 100_000.0)).ToHashSet();
        Assert.Equal(201, values.Count);
    }

    [Fact]
    public void Numbers_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DetailCode.ComputeBits(0, 0, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => DetailCode.ComputeBits(2, 3, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => DetailCode.RoundCalibration(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => DetailCode.RoundCalibration(2.1));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            WholePercents.Round([
                [1, -1],
            ])
        );
    }

    private static int[] Row(string text) =>
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(n => int.Parse(n, System.Globalization.CultureInfo.InvariantCulture)),
        ];
}
