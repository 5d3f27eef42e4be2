using Coos.Baselines.Texture;

namespace Coos.Baselines.Tests.Texture;

public sealed class HaralickTests
{
    [Fact]
    public void Features_of_a_checkerboard_equal_those_computed_by_hand()
    {
        // Horizontal neighbours of 0 1 / 1 0: the matrix is [[0, 1/2], [1/2, 0]].
        var features = Compute([0, 1, 1, 0], 2, 2, 0);

        double[] expected = [0.5, 1, -1, 0.25, 0.5, 1, 0, 0, 1, 0.25, 0, -1, Math.Sqrt(1 - Math.Exp(-2))];
        for (var f = 0; f < expected.Length; f++)
        {
            Assert.Equal(expected[f], features[f], 12);
        }
    }

    [Fact]
    public void Features_of_three_pairs_equal_those_computed_by_hand()
    {
        // 0 0 2 2 in two equal rows: pairs (0,0), (0,2), (2,2); matrix entries 1/3, 1/6 twice, 1/3.
        var features = Compute([0, 0, 2, 2, 0, 0, 2, 2], 2, 4, 0);

        Assert.Equal(10.0 / 36, features[0], 12);
        Assert.Equal(4.0 / 3, features[1], 12);
        Assert.Equal(1.0 / 3, features[2], 12);
        Assert.Equal(1, features[3], 12);
        Assert.Equal((2.0 / 3) + (1.0 / 15), features[4], 12);
        Assert.Equal(2, features[5], 12);
        Assert.Equal(8.0 / 3, features[6], 12);
        Assert.Equal(Math.Log2(3), features[7], 12);
        Assert.Equal((2.0 / 3 * Math.Log2(3)) + (1.0 / 3 * Math.Log2(6)), features[8], 12);
        Assert.Equal((5.0 / 27) - (1.0 / 9), features[9], 12);
    }

    [Fact]
    public void A_constant_image_has_finite_features()
    {
        var features = Compute(new byte[16], 4, 4, 1);

        Assert.Equal([1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0], features);
    }

    [Fact]
    public void Buffers_are_cleared_for_the_next_image()
    {
        var haralick = new HaralickTexture();
        var first = new double[HaralickTexture.FeatureCount];
        var second = new double[HaralickTexture.FeatureCount];
        byte[] image = [3, 200, 17, 3, 255, 9, 80, 1, 0];
        haralick.Compute(image, 3, 3, 1, 3, first);
        haralick.Compute([9, 9, 8, 7, 255, 255, 254, 1, 0], 3, 3, 2, 1, second);
        haralick.Compute(image, 3, 3, 1, 3, second);

        Assert.Equal(first, second);
    }

    [Fact]
    public void An_image_of_two_channels_has_69_features()
    {
        var options = new TextureOptions();
        var image = Enumerable.Range(0, 2 * 32 * 32).Select(i => i < 1024 ? (float)(i % 37) : 0).ToArray();
        var features = new double[options.FeatureCount(2)];
        new TextureImage(options, 2, 32, 32).Compute(image, features);

        Assert.Equal(69, features.Length);
        Assert.Equal(68, options.FeatureCount(1));
        Assert.All(features, f => Assert.True(double.IsFinite(f)));
        Assert.Equal(features[65] * 1024, features[66], 9);
        Assert.Equal(0, features[68]);
    }

    /// <summary>With rounded sums of squares, these pairs of fractions had a correlation of 1 or -1.</summary>
    [Theory]
    [InlineData(5.2279353f, 10.194711f)]
    [InlineData(1.3235255f, 335.09708f)]
    [InlineData(0.1f, 0.3f)]
    public void Constant_channels_have_no_deviation_and_no_correlation(float first, float second)
    {
        var options = new TextureOptions();
        float[] image = [.. Enumerable.Repeat(first, 24 * 24), .. Enumerable.Repeat(second, 24 * 24)];
        var features = new double[options.FeatureCount(2)];
        new TextureImage(options, 2, 24, 24).Compute(image, features);

        Assert.Equal(first, features[65], 1e-4 * first);
        Assert.Equal((0, 0), (features[67], features[68]));
    }

    private static double[] Compute(byte[] levels, int height, int width, int direction)
    {
        var features = new double[HaralickTexture.FeatureCount];
        new HaralickTexture().Compute(levels, height, width, 1, direction, features);
        return features;
    }
}
