using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Coos.Shared.Datasets;
using Coos.Shared.Labels;

namespace Coos.Shared.Tests.Datasets;

/// <summary>Compares real images with h5py and tifffile (Data/yeast5-sums.py computed the expected values).</summary>
public sealed class YeastDatasetTests
{
    private static readonly JsonElement Expected = JsonDocument
        .Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "yeast5-sums.json")))
        .RootElement;

    [Theory]
    [InlineData("YEAST5_v1.0_training.hdf5")]
    [InlineData("YEAST5_v1.0_test1.hdf5")]
    [InlineData("YEAST5_v1.0_test2.hdf5")]
    [InlineData("YEAST5_v1.0_test3.hdf5")]
    public void Every_sample_of_an_HDF5_file_equals_h5py(string name)
    {
        using var set = ImageSet.Open(Path.Combine(SharedFolder.RequireYeast(), name));
        var expected = Expected.GetProperty("hdf5").GetProperty(name);

        Assert.Equal(
            [.. expected.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())],
            new[] { set.Shape.Count, set.Shape.Channels, set.Shape.Height, set.Shape.Width }
        );
        Assert.Equal("uint16", set.SampleType);
        Assert.Equal(["labels", "plates"], set.VectorNames);
        AssertSamples(set, expected);
        var labels = set.ReadLabels(classes: 5)!;
        Assert.Equal(expected.GetProperty("labels").GetInt64(), labels.Index().Sum(l => (long)l.Item * (l.Index + 1)));
    }

    [Fact]
    public void Every_sample_of_the_float_TIFF_pairs_equals_tifffile()
    {
        using var set = ImageSet.Open(Path.Combine(SharedFolder.RequireYeast(), "tiff"));

        Assert.Equal(new ImageShape(21, 2, 64, 64), set.Shape);
        Assert.Equal("float32", set.SampleType);
        Assert.Equal(["gfp", "rfp"], set.ChannelNames);
        Assert.Null(set.ReadLabels());
        for (var i = 0; i < set.Shape.Count; i++)
        {
            var image = set.Read(i, 1);
            for (var channel = 0; channel < 2; channel++)
            {
                var name = $"{set.Id(i)}_{set.ChannelNames[channel]}.tif";
                var expected = Expected.GetProperty("tiff").GetProperty(name).GetProperty("sha256").GetString();
                Assert.Equal(expected, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(image.Channel(0, channel)))));
            }
        }
    }

    [Fact]
    public void The_label_file_of_a_dataset_equals_the_reference()
    {
        using var set = ImageSet.Open(Path.Combine(SharedFolder.RequireYeast(), "YEAST5_v1.0_test1.hdf5"));
        using var text = new StringWriter();

        LabelFile.Write(DatasetLabels.Read(set), text);

        Assert.Equal(File.ReadAllText(Path.Combine(SharedFolder.RequireYeast(), "labels", "test1.csv")), text.ToString());
    }

    [Fact]
    public void Unpacked_files_hold_the_same_samples_in_the_same_order()
    {
        using var folder = new TemporaryFolder();
        using var source = ImageSet.Open(Path.Combine(SharedFolder.RequireYeast(), "YEAST5_v1.0_test1.hdf5"));

        DatasetUnpacker.Unpack(source, folder.Path, cancellation: TestContext.Current.CancellationToken);

        using var unpacked = ImageSet.Open(folder.Path);
        Assert.Equal(source.Shape, unpacked.Shape);
        Assert.Equal(source.ReadLabels(), unpacked.ReadLabels());
        AssertSamples(unpacked, Expected.GetProperty("hdf5").GetProperty("YEAST5_v1.0_test1.hdf5"));
    }

    private static void AssertSamples(ImageSet set, JsonElement expected)
    {
        double sum = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var block in set.Blocks())
        {
            hash.AppendData(MemoryMarshal.AsBytes(block.Samples));
            foreach (var sample in block.Samples)
            {
                sum += sample;
            }
        }

        Assert.Equal(expected.GetProperty("sum").GetDouble(), sum);
        Assert.Equal(expected.GetProperty("sha256").GetString(), Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
