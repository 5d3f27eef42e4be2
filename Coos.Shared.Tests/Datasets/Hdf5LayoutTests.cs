using Coos.Shared.Datasets;

namespace Coos.Shared.Tests.Datasets;

/// <summary>Reads files that h5py wrote (Data/make-layouts.py) in every sample type and storage layout.</summary>
public sealed class Hdf5LayoutTests
{
    [Theory]
    [InlineData("contiguous-u1", "uint8")]
    [InlineData("contiguous-i1", "int8")]
    [InlineData("contiguous-u2", "uint16")]
    [InlineData("contiguous-i2", "int16")]
    [InlineData("contiguous-u4", "uint32")]
    [InlineData("contiguous-i4", "int32")]
    [InlineData("contiguous-u8", "uint64")]
    [InlineData("contiguous-i8", "int64")]
    [InlineData("contiguous-f2", "float16")]
    [InlineData("contiguous-f4", "float32")]
    [InlineData("contiguous-f8", "float64")]
    [InlineData("chunked-cutting-images", "uint16")]
    [InlineData("shuffle-deflate-fletcher32", "uint16")]
    [InlineData("latest-extensible", "uint16")]
    [InlineData("bigendian-u2", "uint16")]
    [InlineData("lzf-u2", "uint16")]
    public void Every_sample_type_and_storage_gives_the_same_samples(string name, string type)
    {
        using var set = ImageSet.Open(Layout(name));

        Assert.Equal(new ImageShape(5, 2, 8, 8), set.Shape);
        Assert.Equal(type, set.SampleType);
        Assert.Equal(DatasetBuilder.Images<float>(5), set.Read(0, 5).Samples);
        Assert.Equal(DatasetBuilder.Sample(3, 1, 7, 2), set.Read(3, 2).Channel(0, 1)[(7 * 8) + 2]);
        Assert.Equal([0, 1, 2, 0, 1], set.ReadLabels()!);
        Assert.Equal(["B02", "B03", "B02", "C07", "C08"], set.ReadVector("wells"));
    }

    [Fact]
    public void Blocks_hold_whole_chunks_and_cover_every_image_once()
    {
        using var folder = new TemporaryFolder();
        using var set = ImageSet.Open(DatasetBuilder.WriteHdf5(folder["many.hdf5"], DatasetBuilder.Images<ushort>(9001), null));

        var ranges = set.BlockRanges().ToArray();

        Assert.Equal(0, set.BlockSize % 2);
        Assert.True(ranges.Length > 1);
        Assert.Equal(9001, ranges.Sum(r => r.Count));
        Assert.Equal(DatasetBuilder.Images<float>(9001), set.Blocks().SelectMany(b => b.Samples.ToArray()));
    }

    private static string Layout(string name) => Path.Combine(AppContext.BaseDirectory, "Data", "layouts", name + ".hdf5");
}
