using Coos.Models.Dials;
using Coos.Models.Dials.Changes;
using Coos.Shared.Datasets;

namespace Coos.Models.Tests.Dials;

public sealed class DialPhysicsTests
{
    private static readonly ImageShape Square = new(1, 1, 64, 64);

    [Theory]
    [MemberData(nameof(TestImages.Shapes), MemberType = typeof(TestImages))]
    public void Defocus_keeps_the_mean(int channels, int height, int width, int bits)
    {
        var shape = new ImageShape(1, channels, height, width);
        var image = TestImages.Create(shape, bits);

        for (var level = 1; level < ShiftDials.LevelCount; level++)
        {
            var changed = TestImages.Apply(ShiftDials.Defocus, level, image, shape, bits);
            Assert.Equal(1, TestImages.Mean(changed) / TestImages.Mean(image), 0.005);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Defocus_spreads_a_point_with_the_variance_of_its_strength(int level)
    {
        var image = new ushort[Square.SamplesPerImage];
        image[(32 * 64) + 32] = 60_000;

        var changed = TestImages.Apply(ShiftDials.Defocus, level, image, Square, 16);

        var sum = changed.Sum(v => (double)v);
        var variance = changed.Index().Sum(p => p.Item * Math.Pow((p.Index % 64) - 32, 2)) / sum;
        var sigma = ShiftDials.Defocus.Levels[level].Strength!.Value;
        Assert.Equal(60_000, sum, 60.0);
        Assert.Equal(sigma * sigma, variance, 0.01 * sigma * sigma);
    }

    [Fact]
    public void The_kernel_of_the_blur_has_the_variance_of_the_Gaussian_also_below_a_pixel()
    {
        foreach (var variance in new[] { 0.04, 0.25, 1, 6.25, 25 })
        {
            var kernel = DefocusChange.CreateKernel(variance);
            Assert.Equal(1, kernel[0] + (2 * kernel.Skip(1).Sum()), 1e-12);
            Assert.Equal(variance, 2 * kernel.Index().Sum(k => k.Item * k.Index * k.Index), 1e-4 * variance);
        }

        // exp(-1) I_0(1), from tables.
        Assert.Equal(0.465759607593640, DefocusChange.CreateKernel(1)[0], 1e-7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Photon_noise_keeps_the_mean_and_has_the_variance_of_its_photons(int level)
    {
        const int Low = 100;
        const int Signal = 600;
        var shape = new ImageShape(1, 1, 256, 256);
        var image = Enumerable.Repeat((ushort)(Low + Signal), shape.SamplesPerImage).ToArray();
        var scale = DialScale.Of((Low, Low + 1020));
        var dial = ShiftDials.PhotonNoise;
        var changed = new ushort[image.Length];

        ShiftDials.Create(new DialStep(dial, dial.Levels[level]), scale, shape, 16).Apply(image, changed, 3);

        // A grey level is 1020 / 255 = 4 units of the samples.
        var expected = Signal * 4 / dial.Levels[level].Strength!.Value;
        var mean = TestImages.Mean(changed);
        Assert.Equal(Low + Signal, mean, 5 * Math.Sqrt(expected / image.Length));
        Assert.Equal(1, changed.Average(v => Math.Pow(v - mean, 2)) / expected, 0.03);
    }

    [Fact]
    public void Photon_noise_leaves_samples_without_light_alone()
    {
        var image = Enumerable.Repeat((ushort)90, Square.SamplesPerImage).ToArray();
        var changed = new ushort[image.Length];
        var step = new DialStep(ShiftDials.PhotonNoise, ShiftDials.PhotonNoise.Levels[4]);

        ShiftDials.Create(step, DialScale.Of((100, 500)), Square, 16).Apply(image, changed, 0);

        Assert.Equal(image, changed);
    }

    [Fact]
    public void Background_adds_a_share_of_the_window_and_is_limited_by_the_bits()
    {
        var step = new DialStep(ShiftDials.Background, ShiftDials.Background.Levels[2]);
        var image = new ushort[Square.SamplesPerImage];
        (image[0], image[1], image[2], image[3]) = (0, 100, 205, 255);
        var changed = new ushort[image.Length];

        ShiftDials.Create(step, DialScale.Of((20, 230)), Square, 8).Apply(image, changed, 0);

        // 5% of 210 is 10.5; halves are rounded up.
        Assert.Equal([11, 111, 216, 255], changed[..4]);
    }

    [Fact]
    public void Gain_multiplies_what_is_above_the_low_end_of_each_channel()
    {
        var shape = new ImageShape(1, 2, 8, 8);
        var step = new DialStep(ShiftDials.Gain, ShiftDials.Gain.Levels[2]);
        var image = Enumerable.Repeat((ushort)300, shape.SamplesPerImage).ToArray();
        var changed = new ushort[image.Length];

        ShiftDials.Create(step, DialScale.Of((100, 900), (200, 900)), shape, 16).Apply(image, changed, 0);

        Assert.All(changed[..64], v => Assert.Equal(200, v));
        Assert.All(changed[64..], v => Assert.Equal(250, v));
    }

    [Fact]
    public void An_illumination_gradient_keeps_the_mean_and_has_its_contrast_from_corner_to_corner()
    {
        var image = Enumerable.Repeat((ushort)10_000, Square.SamplesPerImage).ToArray();
        var dial = ShiftDials.IlluminationGradient;
        for (uint position = 0; position < 20; position++)
        {
            var changed = new ushort[image.Length];
            ShiftDials.Create(new DialStep(dial, dial.Levels[3]), DialScale.Of((0, 20_000)), Square, 16).Apply(image, changed, position);
            Assert.Equal(10_000, TestImages.Mean(changed), 1.0);
            Assert.Equal(2_000, changed.Max() - changed.Min(), 2.0);
            int[] corners = [changed[0], changed[63], changed[63 * 64], changed[(64 * 64) - 1]];
            Assert.Contains(changed.Max(), corners);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Larger_pixels_make_a_disc_smaller_by_their_factor(int level)
    {
        var image = Enumerable
            .Range(0, Square.SamplesPerImage)
            .Select(i => Math.Pow((i % 64) - 31.5, 2) + Math.Pow((i / 64) - 31.5, 2) < 144 ? (ushort)1000 : (ushort)0)
            .ToArray();

        var changed = TestImages.Apply(ShiftDials.PixelSize, level, image, Square, 16);

        // The light of the disc falls by the square of the factor; its brightness stays.
        var factor = ShiftDials.PixelSize.Levels[level].Strength!.Value;
        Assert.Equal(1 / (factor * factor), changed.Sum(v => (double)v) / image.Sum(v => (double)v), 0.01);
        Assert.Equal(1000, changed[(32 * 64) + 32]);
        Assert.Equal(changed.Reverse(), changed);
    }

    [Fact]
    public void Larger_pixels_keep_a_constant_image()
    {
        foreach (var factor in new[] { 1.08, 1.5, 2, 3.7 })
        {
            foreach (var weights in PixelSizeChange.CreateWeights(9, factor))
            {
                Assert.Equal(1, weights.Sum(w => w.Weight), 1e-12);
                Assert.All(weights, w => Assert.InRange(w.Source, 0, 8));
            }
        }
    }

    [Fact]
    public void Rotations_move_pixels_without_changing_them()
    {
        var shape = new ImageShape(1, 2, 9, 9);
        ushort[] image = [.. Enumerable.Range(0, shape.SamplesPerImage).Select(i => (ushort)i)];

        ushort[] Turn(int level, ushort[] source) => TestImages.Apply(ShiftDials.Rotation, level, source, shape, 16);

        for (var level = 1; level < ShiftDials.LevelCount; level++)
        {
            Assert.Equal(image[..81], Turn(level, image)[..81].Order());
            Assert.Equal(image[81..], Turn(level, image)[81..].Order());
        }

        // Counter-clockwise: the upper right corner moves to the upper left.
        Assert.Equal(8, Turn(1, image)[0]);
        Assert.Equal(Turn(2, image), Turn(1, Turn(1, image)));
        Assert.Equal(Turn(3, image), Turn(1, Turn(2, image)));
        Assert.Equal(image, Turn(1, Turn(3, image)));
        Assert.Equal(image, Turn(4, Turn(4, image)));
        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1, 0], Turn(4, image)[..9]);
    }
}
