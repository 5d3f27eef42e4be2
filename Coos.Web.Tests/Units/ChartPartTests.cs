using Coos.Shared.Scores;
using Coos.Web.Components;
using Coos.Web.Submissions;
using Xunit;

namespace Coos.Web.Tests.Units;

/// <summary>The parts that charts share: whiskers, ticks, labels, colours and the bins of reliability diagrams.</summary>
public sealed class ChartPartTests
{
    [Fact]
    public void A_whisker_has_a_cap_at_each_end_and_an_arrow_where_it_goes_on()
    {
        Assert.Equal("M10 40V20M6 40h8M6 20h8", Whisker.Upright(10, 40, 20, 4));
        Assert.Equal("M10 50H80M10 44v12M80 44v12", Whisker.Level(10, 80, 50));
        Assert.Equal("M10 50H80M10 44v12M75 46l5 4l-5 4", Whisker.Level(10, 80, 50, hasEnd: false));
    }

    [Theory]
    [InlineData(0, 6, 0.01, 0.01)]
    [InlineData(0.06, 6, 0.01, 0.01)]
    [InlineData(0.061, 6, 0.01, 0.02)]
    [InlineData(1, 6, 0.01, 0.2)]
    [InlineData(0.0004, 5, 0.001, 0.001)]
    [InlineData(0.0021, 4, 0.0005, 0.001)]
    [InlineData(9, 4, 0.01, 0.5)]
    public void Steps_of_ticks_are_1_2_or_5_times_a_power_of_ten(double range, int count, double least, double step) =>
        Assert.Equal(step, ChartTicks.StepOf(range, count, least));

    [Theory]
    [InlineData("", "")]
    [InlineData("10", "10")]
    [InlineData("10 12 14", "10 20 30")]
    [InlineData("10 95 99", "10 90 100")]
    [InlineData("95 99 100", "80 90 100")]
    public void Labels_are_moved_apart_and_stay_above_the_lowest_place(string wanted, string placed)
    {
        var places = ChartLabel.Spread(wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(double.Parse), 10, 100);

        Assert.Equal(placed, string.Join(' ', places));
    }

    [Fact]
    public void More_is_better_on_the_diagonal_and_worse_elsewhere()
    {
        Assert.Equal("diff better h10", Heat.Difference(0.1, 0.2, isMoreBetter: true));
        Assert.Equal("diff worse h10", Heat.Difference(-0.1, 0.2, isMoreBetter: true));
        Assert.Equal("diff worse h10", Heat.Difference(0.1, 0.2, isMoreBetter: false));
        Assert.Equal("diff better h10", Heat.Difference(-0.1, 0.2, isMoreBetter: false));
    }

    [Fact]
    public void Merged_bins_keep_images_and_means()
    {
        List<CalibrationBin> bins = [new(10, 0.5, 0.4), new(30, 0.7, 0.6), new(20, 0.8, 0.9), new(20, 0.9, 0.9), new(20, 1, 1)];

        var merged = ReliabilityBins.Merge(bins, 2);

        Assert.Equal([40, 60], merged.Select(b => b.Images));
        Assert.Equal([0.65, 0.9], merged.Select(b => Math.Round(b.Confidence, 12)));
        Assert.Equal([0.55, 0.933333333333], merged.Select(b => Math.Round(b.Accuracy, 12)));
        Assert.Same(bins, ReliabilityBins.Merge(bins, 5));
    }

    [Theory]
    [InlineData(0.58, 0.61, 0.5)]
    [InlineData(0.7, 0.31, 0.3)]
    [InlineData(1, 1, 0.9)]
    [InlineData(0.2, 0, 0)]
    public void A_reliability_diagram_starts_at_the_tenth_below_its_lowest_number(double confidence, double accuracy, double low) =>
        Assert.Equal(low, ReliabilityBins.LowOf([new CalibrationBin(1, confidence, accuracy), new CalibrationBin(1, 1, 1)]));
}
