using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;
using Coos.Shared.Labels;

namespace Coos.Evaluator.Tests.Disclosures;

/// <summary>The difference between the errors on the sealed and the public part, its interval and its test.</summary>
public sealed class PartDifferenceTests
{
    private static readonly byte[] Key = [7];

    [Fact]
    public void The_difference_and_its_variance_per_image_follow_the_formula()
    {
        var (parts, predicted) = Predict(errorsOfPublic: 2, errorsOfSealed: 6);

        var difference = PartDifference.Compute(parts, predicted, 2, null)!.Value;

        // Two classes of 20 images in each part; all errors are of class 0.
        double[] shares = [2.5 / 21, 6.5 / 21, 0.5 / 21, 0.5 / 21];
        Assert.Equal(((6 / 20.0) - (2 / 20.0)) / 2, difference.Value, 12);
        Assert.Equal(shares.Sum(q => q * (1 - q) / 21) / 4, difference.Variance, 12);
        Assert.Equal(PartDifference.MaximumDegrees, difference.Degrees);
    }

    [Fact]
    public void An_entry_that_knows_the_public_labels_fell_and_one_with_equal_errors_did_not()
    {
        var (parts, fitted) = Predict(errorsOfPublic: 0, errorsOfSealed: 10);
        var (_, even) = Predict(errorsOfPublic: 4, errorsOfSealed: 4);

        var (fell, equal) = (PartDifference.Compute(parts, fitted, 2, null)!.Value, PartDifference.Compute(parts, even, 2, null)!.Value);

        Assert.True(fell.P < 0.001 && fell.Interval.Lower > 0, $"{fell.P} {fell.Interval}");
        Assert.Equal(0.5, equal.P, 9);
        Assert.Equal(-equal.Interval.Lower, equal.Interval.Upper, 12);
    }

    [Fact]
    public void Wells_that_are_wrong_as_a_whole_widen_the_interval()
    {
        var rows = new LabelRows("well");
        for (var i = 0; i < 400; i++)
        {
            rows.TryAdd($"{i}", i / 200, $"w{i / 20}");
        }

        var parts = SealedPart.Divide(rows.ToLabels(), "cells", "test1", "well", 0.5, Key);
        ushort[] predicted = [.. Enumerable.Range(0, 400).Select(i => (ushort)(i / 20 % 3 == 0 ? 1 - (i / 200) : i / 200))];

        // Positions are in the order of the ids by length, which is numeric here.
        var (byWell, byImage) = (
            PartDifference.Compute(parts, predicted, 2, "well")!.Value,
            PartDifference.Compute(parts, predicted, 2, null)!.Value
        );

        Assert.Equal(byImage.Value, byWell.Value);
        Assert.True(byWell.Variance > 5 * byImage.Variance, $"{byWell.Variance} {byImage.Variance}");
        Assert.InRange(byWell.Degrees, 4, 16);
    }

    [Fact]
    public void The_mean_of_splits_adds_variances_and_combines_degrees()
    {
        var mean = PartDifference.ComputeMean([new PartDifference(0.1, 0.0004, 8), new PartDifference(-0.02, 0.0004, 8)]);

        Assert.Equal((0.04, 0.0002, 16), (Math.Round(mean.Value, 12), Math.Round(mean.Variance, 12), Math.Round(mean.Degrees, 9)));
    }

    /// <summary>Integrates the density, c cos(a)^(v - 1) over the angle a = atan(t / sqrt v), by Simpson's rule.</summary>
    [Theory]
    [InlineData(2, 7)]
    [InlineData(-1.5, 3)]
    [InlineData(0.3, 1)]
    [InlineData(2.5, 40)]
    public void The_one_sided_p_is_the_integral_of_the_density(double t, int degrees)
    {
        const int Steps = 20_000;
        double Sum(double from) =>
            Enumerable
                .Range(0, Steps + 1)
                .Sum(i =>
                    Math.Pow(Math.Cos(from + (i * ((Math.PI / 2) - from) / Steps)), degrees - 1)
                    * (
                        i is 0 or Steps ? 1
                        : i % 2 == 1 ? 4
                        : 2
                    )
                ) * ((Math.PI / 2) - from);

        Assert.Equal(Sum(Math.Atan(t / Math.Sqrt(degrees))) / Sum(-Math.PI / 2), Student.UpperTail(t, degrees), 9);
    }

    [Fact]
    public void With_many_degrees_of_freedom_the_one_sided_p_is_normal() =>
        Assert.Equal(Normal.TwoSided(1.7) / 2, Student.UpperTail(1.7, PartDifference.MaximumDegrees), 12);

    /// <summary>Two classes of 40 images, half of them sealed. The errors are of class 0.</summary>
    private static (SplitParts Parts, ushort[] Predicted) Predict(int errorsOfPublic, int errorsOfSealed)
    {
        var rows = new LabelRows();
        for (var i = 0; i < 80; i++)
        {
            rows.TryAdd($"{i}", i / 40);
        }

        var labels = rows.ToLabels();
        var parts = SealedPart.Divide(labels, "cells", "test1", null, 0.5, Key);
        ushort[] predicted = [.. labels.Classes];
        foreach (var i in parts.Public.Positions!.Take(errorsOfPublic).Concat(parts.Sealed!.Positions!.Take(errorsOfSealed)))
        {
            predicted[i] = 1;
        }

        return (parts, predicted);
    }
}
