using Coos.Evaluator.Forecasts;
using Coos.Evaluator.Statistics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Forecasts;

/// <summary>Special cases of forecasts without labels.</summary>
public sealed class ForecastTests
{
    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(1, 1.0)]
    [InlineData(2, 0.75)]
    [InlineData(4, 0.25)]
    public void The_threshold_leaves_as_many_scores_below_as_images_are_wrong(int wrong, double expected)
    {
        double[] scores = [0.9, 0.4, 0.7, 0.5];

        Assert.Equal(expected, ThresholdedConfidence.Forecast(scores, ThresholdedConfidence.FindThreshold(scores, wrong)));
    }

    [Fact]
    public void An_entry_without_a_wrong_reference_image_is_forecast_to_be_right_everywhere()
    {
        var reference = ReferenceConfidence.Compute([0, 1], Predictions([0, 1], [0.9, 0.1, 0.2, 0.8]));

        var forecast = reference.Forecast(new ClassProbabilities((double[])[0.6, 0.4, 1, 0], 2));

        Assert.Equal((1, 1), (forecast.Maximum, forecast.Entropy));
        Assert.Equal(1 + 0.8 - 0.85, forecast.Difference, 1e-12);
    }

    [Fact]
    public void Probabilities_are_required()
    {
        var predictions = Predictions([0, 1], []) with { Probabilities = null };

        var error = Assert.Throws<ArgumentException>(() => ReferenceConfidence.Compute([0, 1], predictions));

        Assert.StartsWith(
            "2 labels and 2 predictions; there must be one per label, with probabilities.",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Equal_bytes_are_counted_at_every_length()
    {
        var mix = new SplitMix(1);
        foreach (var length in new[] { 0, 1, 31, 32, 33, 1000, 20_000 })
        {
            var (first, second) = (new ushort[length], new ushort[length]);
            for (var i = 0; i < length; i++)
            {
                (first[i], second[i]) = ((ushort)mix.Below(7), (ushort)mix.Below(3));
            }

            Assert.Equal(first.Zip(second).Count(p => p.First == p.Second), AgreementLine.CountEqual(first, second));
            Assert.Equal(length, AgreementLine.CountEqual(first, first));
        }
    }

    [Fact]
    public void There_is_no_line_with_two_entries_or_with_identical_entries()
    {
        var entries = CreateEntries(6);

        Assert.Null(AgreementLine.Fit([]));
        Assert.Null(AgreementLine.Fit(entries[..2]));
        Assert.Null(AgreementLine.Fit([entries[0], entries[0], entries[0], entries[0]]));
        Assert.Equal(3, AgreementLine.Fit(entries[..3])!.Pairs);
    }

    [Fact]
    public void An_entry_that_is_right_on_all_reference_images_has_no_forecast()
    {
        var entries = CreateEntries(6);
        entries[2] = entries[2] with { Accuracy = 1 };

        var line = AgreementLine.Fit(entries)!;

        Assert.Null(line.Forecasts[2]);
        Assert.Equal(10, line.Pairs);
        Assert.All(line.Forecasts.Where((_, i) => i != 2), f => Assert.NotNull(f!.Value.Joint));
    }

    /// <summary>Two groups of near-identical entries: pairs within a group agree on more than 98% and are left out.</summary>
    [Fact]
    public void Agreements_between_two_groups_only_do_not_determine_an_accuracy()
    {
        var entries = CreateEntries(2);

        var line = AgreementLine.Fit([entries[0], Change(entries[0]), entries[1], Change(entries[1])])!;

        Assert.Equal(4, line.Pairs);
        Assert.All(line.Forecasts, f => Assert.Null(f!.Value.Joint));
        Assert.All(line.Forecasts, f => Assert.InRange(f!.Value.Single, 0, 1));

        static AgreeingEntry Change(AgreeingEntry entry) =>
            entry with
            {
                Reference = [(ushort)((entry.Reference[0] + 1) % 3), .. entry.Reference[1..]],
            };
    }

    [Fact]
    public void The_error_of_forecasts_is_computed_as_by_hand()
    {
        var error = ForecastError.Compute([("a", 0.9, 0.8), ("a", 0.7, 0.8), ("b", 0.5, 0.8), ("c", 0.8, 0.8)])!;

        Assert.Equal((4, 3), (error.Forecasts, error.Groups));
        Assert.Equal(0.125, error.MeanAbsolute, 1e-12);
        Assert.Equal(-0.075, error.Mean, 1e-12);

        // Groups: (0.1 + 0.1 - 0.25)/4, (0.3 - 0.125)/4, (0 - 0.125)/4; t of 2 degrees is 4.3027.
        var half = 4.30265273 * Math.Sqrt(1.5 * ((0.0125 * 0.0125) + (0.04375 * 0.04375) + (0.03125 * 0.03125)));
        Assert.Equal(0, error.Interval!.Value.Lower);
        Assert.Equal(0.125 + half, error.Interval.Value.Upper, 1e-7);
    }

    [Fact]
    public void The_error_of_two_groups_has_no_interval()
    {
        Assert.Null(ForecastError.Compute([]));
        Assert.Null(ForecastError.Compute([("a", 0.9, 0.8), ("b", 0.7, 0.8)])!.Interval);
    }

    private static AgreeingEntry[] CreateEntries(int count)
    {
        var mix = new SplitMix(9);
        return
        [
            .. Enumerable.Range(0, count).Select(i => new AgreeingEntry(Draw(0.9 - (0.05 * i)), Draw(0.7 - (0.05 * i)), 0.9 - (0.05 * i))),
        ];

        ushort[] Draw(double share)
        {
            var drawn = new ushort[300];
            for (var i = 0; i < drawn.Length; i++)
            {
                drawn[i] = (ushort)(mix.NextDouble() < share ? i % 3 : mix.Below(3));
            }

            return drawn;
        }
    }

    private static PredictionSet Predictions(ushort[] classes, double[] probabilities) =>
        new()
        {
            Split = "test1",
            Classes = classes,
            Probabilities = new ClassProbabilities(probabilities, 2),
            Hash = "",
        };
}
