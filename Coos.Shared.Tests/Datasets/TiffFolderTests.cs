using BitMiracle.LibTiff.Classic;
using Coos.Shared.Datasets;
using static Coos.Shared.Tests.Datasets.DatasetBuilder;

namespace Coos.Shared.Tests.Datasets;

/// <summary>Reads valid and invalid folders of TIFF files.</summary>
public sealed class TiffFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Labels_are_folders_and_ids_are_in_numeric_order()
    {
        foreach (var (label, id) in new[] { ("1", "10"), ("0", "2"), ("3", "9") })
        {
            WriteTiff(_folder[$"{label}/{id}_nucleus.tif"], value: 5);
            var value = ushort.Parse(id, System.Globalization.CultureInfo.InvariantCulture);
            WriteTiff(_folder[$"{label}/{id}_protein.tif"], value: value);
        }

        using var set = ImageSet.Open(_folder.Path);

        Assert.Equal(["protein", "nucleus"], set.ChannelNames);
        Assert.Equal(["2", "9", "10"], Enumerable.Range(0, 3).Select(set.Id));
        Assert.Equal([0, 3, 1], set.ReadLabels()!);
        Assert.Equal([2f, 9f, 10f], Enumerable.Range(0, 3).Select(i => set.Read(i, 1).Channel(0, 0)[0]));
    }

    [Fact]
    public void A_set_of_one_channel_needs_no_channel_names()
    {
        WriteTiff(_folder["cell_1.tif"]);
        WriteTiff(_folder["cell_2.tif"]);

        using var set = ImageSet.Open(_folder.Path);

        Assert.Equal(new ImageShape(2, 1, Side, Side), set.Shape);
        Assert.Equal("cell_2", set.Id(1));
    }

    [Theory]
    [InlineData(8, SampleFormat.UINT, "uint8", new byte[] { 200, 3 }, 200f)]
    [InlineData(8, SampleFormat.INT, "int8", new byte[] { 0xFE, 3 }, -2f)]
    [InlineData(16, SampleFormat.INT, "int16", new byte[] { 0xFE, 0xFF, 0, 0 }, -2f)]
    [InlineData(32, SampleFormat.IEEEFP, "float32", new byte[] { 0, 0, 0xC0, 0x3F, 0, 0, 0, 0 }, 1.5f)]
    public void Every_sample_type_is_read(int bits, SampleFormat format, string type, byte[] strip, float first)
    {
        WriteRaw("a_protein.tif", bits, format, strip);

        using var set = ImageSet.Open(_folder.Path);

        Assert.Equal(type, set.SampleType);
        Assert.Equal(first, set.Read(0, 1).Samples[0]);
    }

    [Fact]
    public void A_NaN_is_reported_with_its_file_and_position()
    {
        WriteRaw("a_protein.tif", 32, SampleFormat.IEEEFP, [0, 0, 0, 0, 0, 0, 0xC0, 0x7F]);

        AssertFault("a_protein.tif", "the sample in row 0, column 1 is NaN", ReadAll);
    }

    [Fact]
    public void A_truncated_file_is_reported()
    {
        WriteTiff(_folder["0/0_protein.tif"]);
        var path = WriteTiff(_folder["0/1_protein.tif"]);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..60]);

        AssertFault("0/1_protein.tif", null, ReadAll);
    }

    /// <summary>Damage at any position is either harmless or reported in one line.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(255)]
    public void Every_damaged_byte_is_harmless_or_reported_in_one_line(byte value)
    {
        var path = WriteTiff(_folder["0/0_protein.tif"]);
        var content = File.ReadAllBytes(path);
        var rejected = 0;
        for (var position = 0; position < content.Length; position++)
        {
            var original = content[position];
            content[position] = value;
            File.WriteAllBytes(path, content);
            content[position] = original;
            var fault = Record.Exception(ReadAll);
            if (fault is not null)
            {
                Assert.DoesNotContain('\n', Assert.IsType<DatasetException>(fault).Message);
                rejected++;
            }
        }

        Assert.InRange(rejected, 1, content.Length - 1);
    }

    [Fact]
    public void A_file_in_another_format_is_reported()
    {
        WriteTiff(_folder["0/0_protein.tif"]);
        File.WriteAllText(_folder["0/1_protein.tif"], "not a picture");

        AssertFault("0/1_protein.tif", null, ReadAll);
    }

    [Fact]
    public void An_image_of_another_size_is_reported()
    {
        WriteTiff(_folder["0/0_protein.tif"]);
        WriteTiff(_folder["0/1_protein.tif"], side: 9);

        AssertFault(
            "0/1_protein.tif",
            "the image is 9x9 uint16, but the others in its folder are 8x8 uint16; all images of a split need one size and type",
            ReadAll
        );
    }

    [Fact]
    public void An_image_without_one_of_its_channels_is_reported()
    {
        WriteTiff(_folder["0/0_protein.tif"]);
        WriteTiff(_folder["0/0_nucleus.tif"]);
        WriteTiff(_folder["0/1_protein.tif"]);

        AssertFault("0/1_protein.tif", "the image has no file for the channel nucleus", () => ImageSet.Open(_folder.Path));
    }

    [Fact]
    public void Folders_named_by_class_are_reported()
    {
        WriteTiff(_folder["golgi/0_protein.tif"]);

        var fault = Assert.Throws<DatasetException>(() => ImageSet.Open(_folder.Path).ReadLabels());

        Assert.Equal(
            $"{_folder.Path}: the label folders are named by class (golgi); "
                + "rename them to class indices, 0 to K-1 in the benchmark's order of classes",
            fault.Message
        );
    }

    [Fact]
    public void Files_both_in_the_folder_and_in_label_folders_are_rejected()
    {
        WriteTiff(_folder["5_protein.tif"]);
        WriteTiff(_folder["0/6_protein.tif"]);

        AssertFault(
            "",
            "the folder has TIFF files both at its top level (5_protein.tif) and in label folders (0/6_protein.tif); keep one layout",
            () => ImageSet.Open(_folder.Path)
        );
    }

    [Fact]
    public void A_folder_with_HDF5_and_TIFF_is_rejected()
    {
        WriteTiff(_folder["test1/0/6_protein.tif"]);
        WriteHdf5(_folder["X_test1.hdf5"], Images<ushort>(2), [0, 1]);

        AssertFault(
            "",
            "the folder has both HDF5 files (X_test1.hdf5) and TIFF folders (test1); specify which one to use",
            () => DatasetFolder.FindSplits(_folder.Path)
        );
    }

    [Fact]
    public void A_folder_of_splits_is_rejected_with_their_names()
    {
        WriteTiff(_folder["tiff/train/0/6_protein.tif"]);
        WriteTiff(_folder["tiff/test4/0/6_protein.tif"]);
        Directory.CreateDirectory(_folder["hdf5"]);
        Directory.CreateDirectory(_folder["empty"]);
        WriteHdf5(_folder["hdf5/X_test1.hdf5"], Images<ushort>(2), [0, 1]);

        Assert.Equal($"{_folder["tiff"]}: the folder holds splits (test4, train), not images; specify one of them", Problem("tiff"));
        Assert.Equal($"{_folder["hdf5"]}: the folder holds splits (X_test1.hdf5), not images; specify one of them", Problem("hdf5"));
        Assert.Equal($"{_folder["empty"]}: the folder has no TIFF files, neither at its top level nor in label folders", Problem("empty"));

        string Problem(string folder) => Assert.Throws<DatasetException>(() => ImageSet.Open(_folder[folder])).Message;
    }

    [Fact]
    public void Splits_are_found_by_name_in_either_layout()
    {
        WriteTiff(_folder["tiff/train/0/6_protein.tif"]);
        WriteTiff(_folder["tiff/test4/0/6_protein.tif"]);
        Directory.CreateDirectory(_folder["hdf5"]);
        WriteHdf5(_folder["hdf5/COOS7_v1.1_training.hdf5"], Images<ushort>(2), [0, 1]);

        Assert.Equal(["test4", "training"], DatasetFolder.FindSplits(_folder["tiff"]).Keys);
        Assert.Equal(["training"], DatasetFolder.FindSplits(_folder["hdf5"]).Keys);
    }

    public void Dispose() => _folder.Dispose();

    private void ReadAll()
    {
        using var set = ImageSet.Open(_folder.Path);
        Assert.NotEmpty(set.Blocks().ToArray());
    }

    private void WriteRaw(string name, int bits, SampleFormat format, byte[] strip)
    {
        using var tiff = Tiff.Open(_folder[name], "w");
        tiff.SetField(TiffTag.IMAGEWIDTH, 2);
        tiff.SetField(TiffTag.IMAGELENGTH, 1);
        tiff.SetField(TiffTag.BITSPERSAMPLE, bits);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
        tiff.SetField(TiffTag.SAMPLEFORMAT, format);
        tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISBLACK);
        tiff.SetField(TiffTag.ROWSPERSTRIP, 1);
        tiff.WriteEncodedStrip(0, strip, strip.Length);
    }

    private void AssertFault(string name, string? problem, Action read)
    {
        var fault = Assert.Throws<DatasetException>(read);

        Assert.Equal(name.Length == 0 ? _folder.Path : _folder[name], fault.File);
        Assert.Equal(problem ?? fault.Problem, fault.Problem);
        Assert.DoesNotContain('\n', fault.Message);
    }
}
