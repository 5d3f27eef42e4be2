using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Tests.Statistics;

/// <summary>Expected values are from SciPy 1.10 and from enumerating all sign patterns in Python; each test has the command.</summary>
public sealed class PairedTests
{
    /// <summary><c>scipy.stats.binomtest(b, b + c).pvalue</c>.</summary>
    [Theory]
    [InlineData(0, 0, 1.0)]
    [InlineData(0, 1, 1.0)]
    [InlineData(3, 12, 0.03515625)]
    [InlineData(100, 140, 0.01166409231767769)]
    [InlineData(0, 30, 1.862645149230957e-09)]
    [InlineData(1000, 1300, 4.28740900211522e-10)]
    public void McNemars_exact_p_equals_SciPy(int b, int c, double p)
    {
        Assert.Equal(1, Binomial.McNemar(b, c) / p, 1e-9);
        Assert.Equal(1, Binomial.McNemar(c, b) / p, 1e-9);
    }

    /// <summary><c>2 * scipy.stats.norm.sf(z)</c>.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0.6170750774519738)]
    [InlineData(-1.96, 0.04999579029644087)]
    [InlineData(3, 0.0026997960632601866)]
    [InlineData(3.6, 0.00031821718031506727)]
    [InlineData(6, 1.973175290075389e-09)]
    [InlineData(12, 3.552964224155306e-33)]
    public void Tails_of_the_normal_distribution_equal_SciPy(double z, double p) => Assert.Equal(1, Normal.TwoSided(z) / p, 1e-9);

    /// <summary>
    /// Of 10 images of class 0, only the first submission predicts 4 correctly, only the second 1; of 30 of class 1, 5 and 2.
    /// <c>sum((abs(dot(s, w)) > abs(d)) + (abs(dot(s, w)) >= abs(d)) for s in product((-1, 1), repeat=12)) / 2**13</c>
    /// with w = [1/20]*5 + [1/60]*7.
    /// </summary>
    [Fact]
    public void Few_discordant_images_give_the_exact_p()
    {
        ushort[] actual = [.. Enumerable.Repeat((ushort)0, 10), .. Enumerable.Repeat((ushort)1, 30)];
        var first = Wrong(actual, [0, 10, 11]);
        var second = Wrong(actual, [1, 2, 3, 4, 12, 13, 14, 15, 16]);

        var comparison = PairedComparison.Compute(actual, first, second, 2);

        Assert.Equal(0.2, comparison.Difference, 1e-12);
        Assert.Equal(0.0986328125, comparison.P, 1e-12);
        Assert.Equal([4, 5], comparison.OnlyFirst);
        Assert.Equal([1, 2], comparison.OnlySecond);
        Assert.Equal("image", comparison.Unit);
        Assert.InRange(comparison.Difference, comparison.Interval.Lower, comparison.Interval.Upper);
    }

    /// <summary>As above, over the 256 sign patterns of eight clusters.</summary>
    [Fact]
    public void Clusters_flip_as_a_whole() =>
        Assert.Equal(0.06640625, SignFlip.ComputeByCluster([.1, .05, -.02, .08, .01, -.03, .04, .06, 0]), 1e-12);

    [Fact]
    public void Many_equal_flips_have_the_binomial_p() =>
        Assert.Equal(Binomial.McNemarMidP(140, 100), SignFlip.ComputeByImage([240], [.01], .4), 1e-12);

    [Fact]
    public void Identical_submissions_do_not_differ()
    {
        ushort[] actual = [0, 0, 1, 1, 2];
        var clusters = new Clusters("well", [0, 0, 1, 1, 2], 3);

        var comparison = PairedComparison.Compute(actual, actual, actual, 4, clusters);

        Assert.Equal(0, comparison.Difference);
        Assert.Equal(1, comparison.P);
        Assert.Equal(1, comparison.McNemar);
        Assert.Equal("well", comparison.Unit);
        Assert.True(comparison.Interval.Lower < 0 && comparison.Interval.Upper > 0);
    }

    [Fact]
    public void All_correct_and_all_wrong_differ_by_1()
    {
        ushort[] actual = [0, 0, 0, 0, 1, 1, 1, 1];

        var comparison = PairedComparison.Compute(actual, actual, Wrong(actual, [0, 1, 2, 3, 4, 5, 6, 7]), 2);

        Assert.Equal(1, comparison.Difference, 1e-12);
        Assert.Equal(1.0 / 256, comparison.P, 1e-12);
        Assert.Equal(2.0 / 256, comparison.McNemar, 1e-12);
        Assert.Equal(1.0 / 256, comparison.McNemarMidP, 1e-12);
        Assert.Equal(1, comparison.Interval.Upper);
    }

    [Fact]
    public void One_image_is_never_significant() => Assert.Equal(0.5, PairedComparison.Compute([1], [1], [0], 3).P);

    [Fact]
    public void Disagreement_in_one_well_is_less_significant()
    {
        ushort[] actual = [.. Enumerable.Repeat((ushort)0, 60), .. Enumerable.Repeat((ushort)1, 60)];
        var second = Wrong(actual, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        var wells = new Clusters("well", [.. Enumerable.Range(0, 120).Select(i => i / 10)], 12);

        var perImage = PairedComparison.Compute(actual, actual, second, 2);
        var byWell = PairedComparison.Compute(actual, actual, second, 2, wells);

        Assert.Equal(1 / 1024.0, perImage.SignFlipP, 1e-12);
        Assert.Equal(0.5, byWell.SignFlipP);
        Assert.True(perImage.P < 0.01 && byWell.P > 0.05, $"{perImage.P} {byWell.P}");
        Assert.Equal(1, byWell.LargestClusterShare, 0.2);
        Assert.True(byWell.Interval.Lower < 0 && perImage.Interval.Lower > 0);
    }

    /// <summary>
    /// Wells 0-3 of class 0, 4-6 of class 1. NumPy and SciPy: the variance between wells is 0.02488425925925926 at 3.31 degrees of
    /// freedom, <c>t.ppf(0.975, degrees) * sqrt(V)</c>; of the classes alone likewise.
    /// </summary>
    [Fact]
    public void Few_wells_make_the_interval_wide()
    {
        ushort[] actual = [.. Enumerable.Repeat((ushort)0, 24), .. Enumerable.Repeat((ushort)1, 24)];
        var wells = new Clusters("well", [.. Enumerable.Range(0, 48).Select(i => i < 24 ? i / 6 : 4 + ((i - 24) / 8))], 7);
        var (first, second) = (Wrong(actual, [40]), Wrong(actual, [0, 1, 2, 3, 6, 24, 25, 26, 27, 28, 29]));

        var comparison = PairedComparison.Compute(actual, first, second, 2, wells);
        var cells = PairedConfusion.Count(actual, first, second, 2, wells);

        Assert.True(comparison.HasClusterInterval);
        Assert.Equal((5 / 24.0) - 0.4764196514347578, comparison.Interval.Lower, 1e-9);
        Assert.Equal((5 / 24.0) + 0.4764196514347578, comparison.Interval.Upper, 1e-9);
        Assert.Equal((5 / 24.0) - 0.5020228023094457, cells.SensitivityInterval(0)!.Value.Lower, 1e-9);
        Assert.Equal((5 / 24.0) - 1.17559919865889, cells.SensitivityInterval(1)!.Value.Lower, 1e-9);
    }

    /// <summary>One plate does not show how plates vary: the interval is per image and reported as such.</summary>
    [Fact]
    public void One_cluster_per_class_gives_the_interval_per_image()
    {
        ushort[] actual = [0, 0, 0, 0, 1, 1, 1, 1, 1];
        var second = Wrong(actual, [0, 4, 5]);

        var plate = PairedComparison.Compute(actual, actual, second, 2, new Clusters("plate", new int[9], 1));
        var members = PairedComparison.Compute(actual, actual, second, 2, new Clusters("well", [.. Enumerable.Range(0, 9)], 9));
        var images = PairedComparison.Compute(actual, actual, second, 2);

        Assert.Equal((images.Interval, false, "plate"), (plate.Interval, plate.HasClusterInterval, plate.Unit));
        Assert.Equal(0.5, plate.P);
        Assert.True(members.HasClusterInterval);
        Assert.Equal(images.SignFlipP, members.SignFlipP, 1e-12);
        Assert.True(members.Interval.Upper >= images.Interval.Upper);
    }

    [Fact]
    public void Vectors_of_different_lengths_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => PairedComparison.Compute([0, 1], [0], [0, 1], 2));
        Assert.Throws<ArgumentException>(() => PairedComparison.Compute([0, 1], [0, 1], [0, 1], 2, new Clusters("well", [0], 1)));
    }

    private static ushort[] Wrong(ushort[] actual, int[] images)
    {
        var predicted = actual.ToArray();
        foreach (var i in images)
        {
            predicted[i] = (ushort)(1 - actual[i]);
        }

        return predicted;
    }
}
