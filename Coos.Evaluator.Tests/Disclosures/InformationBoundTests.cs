using System.Text.Json;
using Coos.Evaluator.Disclosures;

namespace Coos.Evaluator.Tests.Disclosures;

/// <summary>Compares with References/disclosure.json, which References/disclosure.py computed with SciPy.</summary>
public sealed class InformationBoundTests
{
    private static readonly Lazy<JsonElement> References = new(() =>
    {
        var path = Path.Combine(Checkout.Folder, "Coos.Evaluator.Tests", "References", "disclosure.json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    });

    /// <summary>The example of docs/what-scores-reveal.md: an image put right costs log2(9) + log2(6) bits.</summary>
    [Fact]
    public void A_thousand_bits_put_174_of_45000_images_right()
    {
        var bound = new InformationBound([(45_000, 1 / 45_000.0)], 7);

        Assert.Equal(5.7549, bound.ComputeBitsPerImage(), 4);
        Assert.Equal(0.0038615, 1000 / bound.ComputeBitsPerImage() / 45_000, 7);
        Assert.Equal(0.0038407, bound.ComputeMaximumGain(1000), 7);
        Assert.Equal(1000, bound.ComputeBits(bound.ComputeMaximumGain(1000)), 1e-6);
    }

    [Fact]
    public void The_gain_of_equal_weights_equals_SciPy() =>
        Each(
            "plain",
            row =>
            {
                var n = row.GetProperty("images").GetInt32();
                var bound = new InformationBound([(n, 1.0 / n)], row.GetProperty("classes").GetInt32());
                var (p, bits, gain) = (Number(row, "error"), Number(row, "bits"), Number(row, "gain"));

                Assert.Equal(1, bound.ComputeMaximumGain(bits, p) / gain, 1e-6);
                Assert.Equal(1, bound.ComputeBits(gain, p) / bits, 1e-6);
            }
        );

    [Fact]
    public void The_gain_of_different_weights_equals_a_numerical_minimum_of_SciPy() =>
        Each(
            "weighted",
            row =>
            {
                var groups = row.GetProperty("images")
                    .EnumerateArray()
                    .Zip(row.GetProperty("weights").EnumerateArray(), (n, w) => (n.GetInt32(), w.GetDouble()));
                var bound = new InformationBound(groups, row.GetProperty("classes").GetInt32());

                Assert.Equal(1, bound.ComputeMaximumGain(Number(row, "bits"), Number(row, "error")) / Number(row, "gain"), 1e-5);
            }
        );

    /// <summary>The bound of a balanced error is at least the exact rate-distortion function, and equal for equal classes.</summary>
    [Fact]
    public void The_gain_of_a_balanced_error_is_at_least_the_exact_one() =>
        Each(
            "balanced",
            row =>
            {
                int[] sizes = [.. row.GetProperty("sizes").EnumerateArray().Select(n => n.GetInt32())];
                var bound = InformationBound.ForBalancedError([sizes], sizes.Length);
                foreach (var point in row.GetProperty("points").EnumerateArray())
                {
                    var gain = bound.ComputeMaximumGain(point[0].GetDouble(), Number(row, "error"));
                    var exact = point[1].GetDouble();

                    Assert.True(gain >= exact * (1 - 1e-6), $"{gain} is below {exact} for {row}");
                    if (sizes.Distinct().Count() == 1)
                    {
                        Assert.Equal(1, gain / exact, 1e-5);
                    }
                }
            }
        );

    [Theory]
    [InlineData(2, 0.1)]
    [InlineData(2, 0.5)]
    [InlineData(2, 0.7)]
    [InlineData(2, 1)]
    [InlineData(7, 0.0001)]
    [InlineData(7, 0.857142857142857)]
    [InlineData(20, 0.99)]
    public void Bits_and_gains_are_inverse_and_within_their_range(int classes, double error)
    {
        var bound = InformationBound.ForBalancedError(
            [
                [40, 100, 0],
                [3000, 500],
            ],
            classes
        );
        var most = Math.Min(error, (classes - 1.0) / classes);
        var last = 0.0;

        Assert.Equal(0, bound.ComputeMaximumGain(0, error));
        Assert.Equal(0, bound.ComputeBits(0, error));
        Assert.Equal(most, bound.ComputeMaximumGain(double.PositiveInfinity, error), 1e-12);
        Assert.Equal(double.PositiveInfinity, bound.ComputeBits(most, error));
        for (var bits = 0.01; bits < 4000; bits *= 1.7)
        {
            var gain = bound.ComputeMaximumGain(bits, error);

            Assert.InRange(gain, last, most);
            if (gain < most)
            {
                Assert.Equal(1, bound.ComputeBits(gain, error) / bits, 1e-6);
            }

            last = gain;
        }
    }

    [Fact]
    public void A_method_that_never_errs_gains_nothing()
    {
        var bound = new InformationBound([(10, 0.1)], 3);

        Assert.Equal(0, bound.ComputeMaximumGain(100, 0));
        Assert.Equal(double.PositiveInfinity, bound.ComputeBits(0.01, 0));
    }

    /// <summary>By hand: two splits and the classes present give weights of 1 / (2 · 2 · 10) and 1 / (2 · 1 · 5).</summary>
    [Fact]
    public void All_images_of_a_split_have_its_largest_weight()
    {
        var balanced = InformationBound.ForBalancedError(
            [
                [10, 30, 0],
                [0, 5, 0],
            ],
            3
        );
        var groups = new InformationBound([(40, 1 / 40.0), (5, 0.1)], 3);

        Assert.Equal(1, balanced.TotalWeight);
        Assert.Equal(1.5, groups.TotalWeight, 1e-12);
        Assert.Equal(groups.ComputeMaximumGain(3), balanced.ComputeMaximumGain(3), 1e-15);
    }

    [Fact]
    public void Groups_of_equal_weight_count_as_one()
    {
        var one = new InformationBound([(30, 0.01)], 3);
        var two = new InformationBound([(10, 0.01), (20, 0.01), (0, 7)], 3);

        Assert.Equal(one.ComputeMaximumGain(9), two.ComputeMaximumGain(9));
    }

    [Fact]
    public void Numbers_out_of_range_are_rejected()
    {
        var bound = new InformationBound([(10, 0.1)], 3);

        Assert.Throws<ArgumentOutOfRangeException>(() => new InformationBound([(10, 0.1)], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InformationBound([(-1, 0.1)], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InformationBound([(1, double.NaN)], 2));
        Assert.Throws<ArgumentException>(() => new InformationBound([], 2));
        Assert.Throws<ArgumentException>(() =>
            InformationBound.ForBalancedError(
                [
                    [0, 0],
                ],
                2
            )
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            InformationBound.ForBalancedError(
                [
                    [1, 2, 3],
                ],
                2
            )
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            InformationBound.ForBalancedError(
                [
                    [1, -2],
                ],
                2
            )
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => bound.ComputeMaximumGain(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => bound.ComputeMaximumGain(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => bound.ComputeMaximumGain(1, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => bound.ComputeBits(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => bound.ComputeBits(0.1, double.NaN));
    }

    private static void Each(string list, Action<JsonElement> check)
    {
        var rows = References.Value.GetProperty(list).EnumerateArray().ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, check);
    }

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();
}
