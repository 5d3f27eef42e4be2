using Coos.Baselines.Deep.DeepLoc;
using Coos.Baselines.Deep.Inpainting;
using Coos.Baselines.Deep.Tests.Support;
using Coos.Baselines.Deep.Training;
using Coos.Baselines.Deep.Vgg;
using Coos.Shared.Datasets;
using PureHDF;

namespace Coos.Baselines.Deep.Tests;

/// <summary>Tests how images are prepared, and how images and pairs are drawn.</summary>
public sealed class PreparationTests : IDisposable
{
    private static readonly ImageShape Shape = new(1, 1, 64, 64);

    private readonly Images _images = new();

    [Fact]
    public void DeepLoc_scales_by_percentiles_and_clips_only_above()
    {
        // In NumPy, the percentiles 0.1 and 99.9 of 0 .. 4095 are 4.095 and 4090.905.
        var image = Enumerable.Range(0, 4096).Select(i => (float)i).ToArray();
        var scaled = new float[image.Length];

        DeepLocImage.Scale(image, Shape, scaled);

        Assert.Equal((0 - 4.095) / 4086.81, scaled[0], 1e-6);
        Assert.Equal((2000 - 4.095) / 4086.81, scaled[2000], 1e-6);
        Assert.Equal(1, scaled[4095], 1e-6);
    }

    [Fact]
    public void DeepLoc_does_not_divide_by_a_range_up_to_1()
    {
        var image = Enumerable.Range(0, 4096).Select(i => i / 8192f).ToArray();
        var scaled = new float[image.Length];

        DeepLocImage.Scale(image, Shape, scaled);

        Assert.Equal((2000 - 4.095) / 8192, scaled[2000], 1e-6);
    }

    [Theory]
    [InlineData(0, false, false, 0, 0)]
    [InlineData(0, false, true, 59, 0)]
    [InlineData(0, true, false, 0, 59)]
    [InlineData(1, false, false, 59, 0)]
    [InlineData(2, false, false, 59, 59)]
    [InlineData(1, true, false, 59, 59)]
    public void DeepLoc_views_flip_and_rotate_as_in_NumPy(int turns, bool flipRows, bool flipColumns, int column, int row)
    {
        // Values are 64 x row + column; expected is the first pixel of flip and rot90 of image[2:62, 1:61] in NumPy.
        var image = Enumerable.Range(0, 4096).Select(i => (float)i).ToArray();
        var crop = new float[3600];

        DeepLocImage.Crop(image, Shape, new DeepLocView(2, 1, flipRows, flipColumns, turns), crop);

        Assert.Equal((64 * (2 + row)) + 1 + column, crop[0]);
        Assert.Equal(3600, crop.Distinct().Count());
    }

    [Fact]
    public void DeepLoc_tests_on_the_centre_and_the_corners() =>
        Assert.Equal([(2, 2), (0, 0), (0, 4), (4, 0), (4, 4)], DeepLocView.ForTest(Shape).Select(v => (v.Top, v.Left)));

    [Fact]
    public void DeepLoc_draws_all_offsets_flips_and_rotations()
    {
        var views = Enumerable.Range(0, 2000).Select(i => DeepLocView.Draw(Shape, new KeyedRandom(1, (ulong)i))).ToArray();

        Assert.Equal([0, 1, 2, 3], views.Select(v => v.Top).Distinct().Order());
        Assert.Equal([0, 1, 2, 3], views.Select(v => v.Left).Distinct().Order());
        Assert.Equal([0, 1, 2], views.Select(v => v.QuarterTurns).Distinct().Order());
        Assert.InRange(views.Count(v => v.FlipRows), 900, 1100);
        Assert.InRange(views.Count(v => v.FlipColumns), 900, 1100);
    }

    [Fact]
    public void A_fifth_of_each_class_is_held_out()
    {
        int[] labels = [.. Enumerable.Repeat(0, 50), .. Enumerable.Repeat(1, 10), .. Enumerable.Repeat(2, 5)];

        var folds = DeepLocTraining.Stratify(labels, 1);

        var heldOut = labels.Zip(folds).Where(f => f.Second == 4).Select(f => f.First);
        Assert.Equal([10, 2, 1], heldOut.GroupBy(label => label).OrderBy(g => g.Key).Select(g => g.Count()));
    }

    [Fact]
    public void Every_image_is_drawn_once_per_epoch()
    {
        var sampler = new EpochSampler([.. Enumerable.Range(10, 12)], 4, 1);

        int[] first = [.. Enumerable.Range(1, 3).SelectMany(sampler.Batch)];
        int[] second = [.. Enumerable.Range(4, 3).SelectMany(sampler.Batch)];

        Assert.Equal(Enumerable.Range(10, 12), first.Order());
        Assert.Equal(Enumerable.Range(10, 12), second.Order());
        Assert.NotEqual(first, second);
        Assert.Equal(first[..4], new EpochSampler([.. Enumerable.Range(10, 12)], 4, 1).Batch(1));
    }

    [Theory]
    [InlineData("auto", "wells")]
    [InlineData("class", "labels")]
    [InlineData("plate", "labels and plates")]
    [InlineData("plates", "plates")]
    public void Pairs_have_the_requested_columns_in_common(string by, string pairedBy)
    {
        using var set = _images.Make(count: 40, wells: 4);
        var pairs = PciPairs.Create(set, by);
        var columns = pairedBy.Split(" and ").Select(set.ReadVector).ToArray();

        Assert.Equal(pairedBy, pairs.PairedBy);
        Assert.Equal(40, pairs.Sources.Count);
        for (var i = 0; i < 400; i++)
        {
            var partner = pairs.DrawPartner(i % 40, new KeyedRandom(1, (ulong)i));
            Assert.NotEqual(i % 40, partner);
            Assert.All(columns, c => Assert.Equal(c[i % 40], c[partner]));
        }
    }

    /// <summary>Wells on different plates often share a name but have different proteins: their images must not be paired.</summary>
    [Theory]
    [InlineData(true, "plates and wells")]
    [InlineData(false, "labels and wells")]
    public void Wells_with_the_same_name_are_distinguished_by_plate_or_class(bool isPlateKnown, string pairedBy)
    {
        const int count = 24;
        var path = _images.File("recurring.hdf5");
        var file = new H5File
        {
            ["data"] = new H5Dataset(new ushort[count * 2 * 4 * 4], fileDims: [count, 2, 4, 4]),
            ["labels"] = Enumerable.Range(0, count).Select(i => (long)(i % 2)).ToArray(),
            ["wells"] = Enumerable.Range(0, count).Select(i => i / 2 % 2 == 0 ? "B02" : "B03").ToArray(),
        };
        if (isPlateKnown)
        {
            // Plate 0 has class 0 in both wells, plate 1 class 1.
            file["plates"] = Enumerable.Range(0, count).Select(i => (long)(i % 2)).ToArray();
        }

        file.Write(path);
        using var set = ImageSet.Open(path);

        foreach (var pairs in new[] { PciPairs.Create(set, "auto"), PciPairs.Create(set, "well") })
        {
            Assert.Equal((pairedBy, count), (pairs.PairedBy, pairs.Sources.Count));
            Assert.All(Enumerable.Range(0, count), i => Assert.Equal(i % 4, pairs.DrawPartner(i, new KeyedRandom(1, (ulong)i)) % 4));
        }
    }

    [Fact]
    public void Partners_are_drawn_uniformly()
    {
        using var set = _images.Make(count: 8, classes: 2);
        var pairs = PciPairs.Create(set, "class");

        var drawn = Enumerable
            .Range(0, 3000)
            .Select(i => pairs.DrawPartner(2, new KeyedRandom(1, (ulong)i)))
            .CountBy(p => p)
            .ToDictionary();

        Assert.Equal([0, 4, 6], drawn.Keys.Order());
        Assert.All(drawn.Values, n => Assert.InRange(n, 850, 1150));
    }

    [Fact]
    public void Inpainting_scales_to_0_to_1_and_leaves_constant_channels_at_0()
    {
        float[] image = [5, 7, 9, 5, 3, 3, 3, 3];
        var scaled = new float[8];

        PciImage.Scale(image, new ImageShape(1, 2, 2, 2), scaled);

        Assert.Equal([0, 0.5f, 1, 0, 0, 0, 0, 0], scaled);
    }

    [Fact]
    public void Inpainting_flips_each_channel()
    {
        float[] image = [1, 2, 3, 4, 5, 6, 7, 8];
        var flipped = new float[8];

        PciImage.Flip(image, new ImageShape(1, 2, 2, 2), flipRows: true, flipColumns: false, flipped);
        Assert.Equal([3, 4, 1, 2, 7, 8, 5, 6], flipped);
        PciImage.Flip(image, new ImageShape(1, 2, 2, 2), flipRows: false, flipColumns: true, flipped);
        Assert.Equal([2, 1, 4, 3, 6, 5, 8, 7], flipped);
    }

    [Fact]
    public void Vgg_preprocessing_depends_on_the_weights()
    {
        var input = new float[3];

        VggPreprocessing.Caffe.Apply([200], input);
        Assert.Equal([96.061f, 83.221f, 76.32f], input.Select(v => MathF.Round(v, 3)));
        VggPreprocessing.Torchvision.Apply([255], input);
        Assert.Equal([2.2489f, 2.4286f, 2.64f], input.Select(v => MathF.Round(v, 4)));
    }

    [Theory]
    [InlineData("VGG16", "conv3_3", 14, 256)]
    [InlineData("VGG16", "conv4_1", 17, 512)]
    [InlineData("VGG16", "conv4_2", 19, 512)]
    [InlineData("VGG16", "conv5_3", 28, 512)]
    [InlineData("VGG19", "conv3_3", 14, 256)]
    [InlineData("VGG19", "conv4_1", 19, 512)]
    [InlineData("VGG19", "conv4_2", 21, 512)]
    [InlineData("VGG19", "conv5_4", 34, 512)]
    public void Vgg_layers_are_numbered_as_in_torchvision(string network, string layer, int index, int channels) =>
        Assert.Equal(new VggLayer(layer, channels, index), (network == "VGG16" ? VggLayers.Vgg16 : VggLayers.Vgg19).Find(layer));

    [Theory]
    [InlineData("VGG16", 14_714_688)]
    [InlineData("VGG19", 20_024_384)]
    public void Vgg_has_the_published_number_of_parameters(string network, int parameters)
    {
        // vgg16 and vgg19 of torchvision have 138,357,544 and 143,667,240, of these 123,642,856 in fully connected layers.
        var layers = (network == "VGG16" ? VggLayers.Vgg16 : VggLayers.Vgg19).Convolutions.ToArray();
        var inputs = layers.Select(l => l.Channels).Prepend(3);
        Assert.Equal(parameters, layers.Zip(inputs, (l, input) => (9 * input * l.Channels) + l.Channels).Sum());
    }

    public void Dispose() => _images.Dispose();
}
