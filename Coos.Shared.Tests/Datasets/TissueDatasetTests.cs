using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Coos.Shared.Datasets;

namespace Coos.Shared.Tests.Datasets;

/// <summary>Compares real cells with h5py.</summary>
public sealed class TissueDatasetTests
{
    [Theory]
    [InlineData("training")]
    [InlineData("test1")]
    public void Every_sample_label_and_plate_equals_h5py(string split)
    {
        var expected = TissueCells.Reference().GetProperty("splits").GetProperty(split);
        using var set = ImageSet.Open(TissueCells.PathOf(split));

        Assert.Equal(Integers(expected, "shape"), new[] { set.Shape.Count, set.Shape.Channels, set.Shape.Height, set.Shape.Width });
        Assert.Equal("uint16", set.SampleType);
        Assert.Equal(expected.GetProperty("sha256").GetString(), Hash(set));
        Assert.Equal(Integers(expected, "labels"), set.ReadLabels(classes: 2)!);
        Assert.Equal(Integers(expected, "plates"), DatasetLabels.Read(set).Plates!.Select(p => int.Parse(p, null)));
    }

    [Fact]
    public void Unpacked_cells_are_the_same_cells()
    {
        using var folder = new TemporaryFolder();
        using var source = ImageSet.Open(TissueCells.PathOf("test1"));

        DatasetUnpacker.Unpack(source, folder.Path, cancellation: TestContext.Current.CancellationToken);

        using var unpacked = ImageSet.Open(folder.Path);
        Assert.Equal(source.Shape, unpacked.Shape);
        var ids = Enumerable.Range(0, source.Shape.Count).ToDictionary(i => unpacked.Id(i));
        for (var i = 0; i < source.Shape.Count; i++)
        {
            Assert.Equal(source.Read(i, 1).Image(0).ToArray(), unpacked.Read(ids[source.Id(i)], 1).Image(0).ToArray());
        }
    }

    private static int[] Integers(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(v => v.GetInt32())];

    private static string Hash(ImageSet set)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var block in set.Blocks())
        {
            for (var i = 0; i < block.Count; i++)
            {
                hash.AppendData(MemoryMarshal.AsBytes(block.Image(i)));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
