using Coos.Shared.Datasets;
using PureHDF;

namespace Coos.Shared.Tests.Datasets;

/// <summary>Each invalid HDF5 file is reported in one line with file, dataset and index.</summary>
public sealed class BadHdf5Tests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_missing_file_is_reported() => AssertFault("none.hdf5", null, null, "no such file or folder", path => ImageSet.Open(path));

    [Fact]
    public void A_file_in_another_format_is_rejected()
    {
        File.WriteAllText(_folder["text.hdf5"], "image_id,label\n0,1\n");

        AssertFault("text.hdf5", null, null, "this is not an HDF5 file", path => ImageSet.Open(path));
    }

    [Fact]
    public void A_truncated_file_is_reported_as_truncated()
    {
        var path = Good("cut.hdf5");
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..^200]);

        AssertFault("cut.hdf5", null, null, Truncated(whole.Length - 200, whole.Length), ReadAll);
    }

    /// <summary>The labels may be in the part that exists, and must not be accepted.</summary>
    [Theory]
    [InlineData("contiguous-u2.hdf5")]
    [InlineData("latest-extensible.hdf5")]
    public void A_file_with_a_missing_byte_is_not_opened(string name)
    {
        var whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "layouts", name));
        File.WriteAllBytes(_folder["whole.hdf5"], whole);
        File.WriteAllBytes(_folder["cut.hdf5"], whole[..^1]);
        ImageSet.Open(_folder["whole.hdf5"]).Dispose();

        AssertFault("cut.hdf5", null, null, Truncated(whole.Length - 1, whole.Length), path => ImageSet.Open(path));
    }

    [Fact]
    public void Every_truncation_is_reported_in_one_line()
    {
        var content = File.ReadAllBytes(Good("whole.hdf5"));
        for (var length = 0; length < content.Length; length += 97)
        {
            File.WriteAllBytes(_folder["part.hdf5"], content[..length]);

            var fault = Assert.Throws<DatasetException>(() => ReadAll(_folder["part.hdf5"]));

            Assert.DoesNotContain('\n', fault.Message);
        }
    }

    /// <summary>Damage at any position is either harmless or reported in one line.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void Every_damaged_byte_is_harmless_or_reported_in_one_line(byte value)
    {
        var content = File.ReadAllBytes(Good("whole.hdf5"));
        var rejected = 0;
        for (var position = 0; position < content.Length; position++)
        {
            var original = content[position];
            content[position] = value;
            File.WriteAllBytes(_folder["damaged.hdf5"], content);
            content[position] = original;
            var fault = Record.Exception(() => ReadAll(_folder["damaged.hdf5"]));
            if (fault is not null)
            {
                Assert.DoesNotContain('\n', Assert.IsType<DatasetException>(fault).Message);
                rejected++;
            }
        }

        Assert.InRange(rejected, 1, content.Length - 1);
    }

    [Fact]
    public void A_damaged_chunk_is_reported_with_its_images()
    {
        var path = Good("damaged.hdf5", images: 200);
        var content = File.ReadAllBytes(path);
        content.AsSpan(content.Length / 2, 40).Fill(0x5A);
        File.WriteAllBytes(path, content);

        var fault = Assert.Throws<DatasetException>(() => ReadAll(path));

        var index = Assert.NotNull(fault.Index);
        Assert.InRange(index, 2, 198);
        Assert.StartsWith(
            $"{path}: dataset data: image {index}: images {index} to {index + 1} cannot be read: the file is damaged",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_without_images_is_rejected()
    {
        DatasetBuilder.WriteFile(_folder["empty.hdf5"], null, [1, 2]);

        AssertFault(
            "empty.hdf5",
            "data",
            null,
            "dataset not found; expected images of shape (N, channels, height, width); the file has labels (2) int64",
            path => ImageSet.Open(path)
        );
    }

    [Fact]
    public void Images_of_another_shape_are_rejected()
    {
        DatasetBuilder.WriteFile(_folder["flat.hdf5"], new H5Dataset(new ushort[4 * 8 * 8], fileDims: [4, 8, 8]), null);

        AssertFault(
            "flat.hdf5",
            "data",
            null,
            "its shape is (4, 8, 8); expected images of shape (N, channels, height, width); "
                + "add an axis for the channel, as data[:, None] does",
            path => ImageSet.Open(path)
        );
    }

    [Fact]
    public void Vectors_of_another_length_are_rejected()
    {
        DatasetBuilder.WriteHdf5(_folder["uneven.hdf5"], DatasetBuilder.Images<ushort>(4), [0, 1, 2]);

        AssertFault("uneven.hdf5", "labels", null, "it has 3 entries, but data has 4 images", path => ImageSet.Open(path).ReadLabels());
    }

    /// <summary>If they were ignored, the set would have no labels, and unpacking would not sort its images into label folders.</summary>
    [Fact]
    public void Labels_that_are_not_a_vector_are_rejected()
    {
        var column = new H5Dataset(new long[8], fileDims: [4, 2]);
        DatasetBuilder.WriteHdf5(_folder["column.hdf5"], DatasetBuilder.Images<ushort>(4), null, ("labels", column));

        AssertFault(
            "column.hdf5",
            "labels",
            null,
            "its shape is (4, 2); expected a vector of one label per image, (4); if it is one-hot, write labels.argmax(axis=1)",
            path => ImageSet.Open(path)
        );
    }

    [Theory]
    [InlineData(7, "label 7 is out of range; labels are whole numbers from 0 to 6")]
    [InlineData(-1, "label -1 is out of range; labels are whole numbers from 0 to 6")]
    public void A_label_out_of_range_is_reported_with_its_image(long label, string problem)
    {
        DatasetBuilder.WriteHdf5(_folder["labels.hdf5"], DatasetBuilder.Images<ushort>(4), [0, 1, label, 2]);

        AssertFault("labels.hdf5", "labels", 2, problem, path => ImageSet.Open(path).ReadLabels(classes: 7));
    }

    [Fact]
    public void A_label_that_is_not_a_whole_number_is_rejected()
    {
        DatasetBuilder.WriteHdf5(_folder["half.hdf5"], DatasetBuilder.Images<ushort>(2), null, ("labels", new[] { 1.0, 1.5 }));

        AssertFault(
            "half.hdf5",
            "labels",
            1,
            "label 1.5 is out of range; labels are whole numbers from 0 to 19999",
            path => ImageSet.Open(path).ReadLabels()
        );
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "infinite")]
    public void A_sample_that_is_not_finite_is_reported_with_its_position(float sample, string word)
    {
        var images = DatasetBuilder.Images<float>(4);
        images[(2 * DatasetBuilder.SamplesPerImage) + 64 + (3 * 8) + 5] = sample;
        DatasetBuilder.WriteHdf5(_folder["nan.hdf5"], images, null);

        AssertFault("nan.hdf5", "data", 2, $"the sample in channel 1, row 3, column 5 is {word}", ReadAll);
    }

    [Fact]
    public void An_unknown_vector_is_reported_with_the_available_ones()
    {
        Good("good.hdf5");

        AssertFault(
            "good.hdf5",
            "batch",
            null,
            "no such vector; the file has labels, wells",
            path => DatasetLabels.Read(ImageSet.Open(path), cluster: "batch")
        );
    }

    public void Dispose() => _folder.Dispose();

    private static void ReadAll(string path)
    {
        using var set = ImageSet.Open(path);
        Assert.Equal(set.Shape.Count, set.Blocks().Sum(b => b.Count));
    }

    private static string Truncated(int length, int expected) =>
        $"the file is truncated: it has {length} of {expected} bytes; copy or download it again";

    private string Good(string name, int images = 4) =>
        DatasetBuilder.WriteHdf5(_folder[name], DatasetBuilder.Images<ushort>(images), new long[images], ("wells", new long[images]));

    private void AssertFault(string name, string? dataset, long? index, string problem, Action<string> read)
    {
        var fault = Assert.Throws<DatasetException>(() => read(_folder[name]));

        Assert.Equal((_folder[name], dataset, index, problem), (fault.File, fault.Dataset, fault.Index, fault.Problem));
        Assert.StartsWith(_folder[name] + ":", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }
}
