using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Coos.Shared.Datasets;
using static Coos.Shared.Tests.Datasets.DatasetBuilder;

namespace Coos.Shared.Tests.Datasets;

public sealed class UnpackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_channel_of_every_image_becomes_a_file_in_its_label_folder()
    {
        var images = Images<ushort>(4);
        (images[0], images[1], images[^1]) = (ushort.MaxValue, 32768, 40000);
        using var set = Set(images);

        var done = DatasetUnpacker.Unpack(set, _folder["out"], cancellation: Cancellation);

        Assert.Equal(new UnpackResult(4, 8, 0), done);
        Assert.True(File.Exists(_folder["out/1/3_nucleus.tif"]));
        using var unpacked = ImageSet.Open(_folder["out"]);
        Assert.Equal(set.Read(0, 4).Samples, unpacked.Read(0, 4).Samples);
    }

    [Fact]
    public void An_interrupted_unpack_can_be_resumed()
    {
        using var set = Set(Images<ushort>(40));
        using var interrupt = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            DatasetUnpacker.Unpack(set, _folder["out"], new InterruptAfter(10, interrupt), interrupt.Token)
        );
        Assert.False(Directory.Exists(_folder["out"]));
        var before = Directory.GetFiles(_folder["out.part"], "*", SearchOption.AllDirectories);
        Assert.InRange(before.Length, 20, 79);

        var done = DatasetUnpacker.Unpack(set, _folder["out"], cancellation: Cancellation);

        Assert.Equal(new UnpackResult(40, 80 - before.Length, before.Length), done);
        Assert.False(Directory.Exists(_folder["out.part"]));
    }

    [Fact]
    public void A_truncated_file_is_overwritten()
    {
        using var set = Set(Images<ushort>(2));
        DatasetUnpacker.Unpack(set, _folder["out"], cancellation: Cancellation);
        var whole = File.ReadAllBytes(_folder["out/0/0_protein.tif"]);
        File.WriteAllBytes(_folder["out/0/0_protein.tif"], whole[..50]);
        File.WriteAllText(_folder["out/1/1_protein.tif" + AtomicFile.PartSuffix], "half");

        var done = DatasetUnpacker.Unpack(set, _folder["out"], cancellation: Cancellation);

        Assert.Equal(new UnpackResult(2, 1, 3), done);
        Assert.Equal(whole, File.ReadAllBytes(_folder["out/0/0_protein.tif"]));
    }

    /// <summary>An interrupted unpack of another dataset may leave such images; they must not become images of this one.</summary>
    [Fact]
    public void Images_of_another_dataset_in_the_part_are_removed()
    {
        using var set = Set(Images<ushort>(2));
        WriteTiff(_folder["out.part/4/7_protein.tif"]);
        WriteTiff(_folder["out.part/0/0_protein.tif"], value: 9);

        var done = DatasetUnpacker.Unpack(set, _folder["out"], cancellation: Cancellation);

        Assert.Equal(new UnpackResult(2, 4, 0), done);
        using var unpacked = ImageSet.Open(_folder["out"]);
        Assert.Equal(set.Read(0, 2).Samples, unpacked.Read(0, 2).Samples);
        Assert.Equal(2, unpacked.Shape.Count);
    }

    [Fact]
    public void A_complete_folder_with_an_image_of_another_dataset_is_rejected()
    {
        using var set = Set(Images<ushort>(2));
        WriteTiff(_folder["out/4/7_protein.tif"]);

        var fault = Assert.Throws<DatasetException>(() => DatasetUnpacker.Unpack(set, _folder["out"], cancellation: Cancellation));

        Assert.Equal(
            $"{_folder["out"]}: the folder has an image of another dataset (4/7_protein.tif); "
                + "unpack into a new folder, or delete this one",
            fault.Message
        );
        Assert.Equal([_folder["out/4/7_protein.tif"]], Directory.GetFiles(_folder["out"], "*", SearchOption.AllDirectories));
    }

    /// <summary>Compares with the hash of files that tifffile read as h5py reads the dataset (Data/unpacked.py).</summary>
    [Theory]
    [InlineData("contiguous-u2.hdf5")]
    [InlineData("YEAST5_v1.0_test1.hdf5")]
    public void The_files_equal_those_verified_with_tifffile_and_h5py(string name)
    {
        var path = name.StartsWith("YEAST5", StringComparison.Ordinal)
            ? Path.Combine(SharedFolder.RequireYeast(), name)
            : Path.Combine(AppContext.BaseDirectory, "Data", "layouts", name);
        using var set = ImageSet.Open(path);

        DatasetUnpacker.Unpack(set, _folder["out"], cancellation: Cancellation);

        var json = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "unpacked.json"));
        using var expected = JsonDocument.Parse(json);
        var entry = expected.RootElement.EnumerateArray().Single(e => e.GetProperty("file").GetString() == name);
        string[] files =
        [
            .. Directory
                .GetFiles(_folder["out"], "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(_folder["out"], f))
                .Order(StringComparer.Ordinal),
        ];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file + "\0"));
            hash.AppendData(File.ReadAllBytes(Path.Combine(_folder["out"], file)));
        }

        Assert.Equal(entry.GetProperty("files").GetInt32(), files.Length);
        Assert.Equal(entry.GetProperty("sha256").GetString(), Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void Samples_that_do_not_fit_16_bits_are_rejected_with_their_image()
    {
        var images = Images<float>(4);
        images[(3 * SamplesPerImage) + 1] = 0.25f;
        using var set = Set(images);

        var fault = Assert.Throws<DatasetException>(() => DatasetUnpacker.Unpack(set, _folder["out"], cancellation: Cancellation));

        Assert.Equal(
            $"{set.Source}: image 3: the sample 0.25 in channel 0 is not a whole number from 0 to 65535, "
                + "so it does not fit a 16-bit file",
            fault.Message
        );
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public void A_set_that_fails_before_its_first_file_leaves_no_folder()
    {
        var images = Images<float>(4);
        images[1] = float.NaN;
        using var set = Set(images);

        var fault = Assert.Throws<DatasetException>(() => DatasetUnpacker.Unpack(set, _folder["out"], cancellation: Cancellation));

        Assert.Equal($"{set.Source}: dataset data: image 0: the sample in channel 0, row 0, column 1 is NaN", fault.Message);
        Assert.Equal([set.Source], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("out", AtomicFile.PartSuffix)]
    [InlineData("out.part", "")]
    public void A_full_disk_is_reported_and_leaves_no_partial_file(string root, string suffix)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "this system has no /dev/full");
        using var set = Set(Images<ushort>(1));
        Directory.CreateDirectory(_folder[$"{root}/0"]);
        File.CreateSymbolicLink(_folder[$"{root}/0/0_protein.tif{suffix}"], "/dev/full");

        var fault = Assert.Throws<DatasetException>(() => DatasetUnpacker.Unpack(set, _folder["out"], cancellation: Cancellation));

        Assert.Equal(_folder[$"{root}/0/0_protein.tif"], fault.File);
        Assert.StartsWith("cannot be written: No space left on device", fault.Problem, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out.part"]));
        Assert.Empty(Directory.Exists(_folder["out"]) ? Directory.GetFiles(_folder["out"], "*", SearchOption.AllDirectories) : []);
    }

    [Fact]
    public void A_folder_that_cannot_be_created_is_reported()
    {
        using var set = Set(Images<ushort>(1));
        File.WriteAllText(_folder["out.part"], "in the way");

        var fault = Assert.Throws<DatasetException>(() => DatasetUnpacker.Unpack(set, _folder["out"], cancellation: Cancellation));

        Assert.StartsWith($"{_folder["out"]}: the folder cannot be created: ", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private ImageSet Set<T>(T[] images)
        where T : unmanaged =>
        ImageSet.Open(
            WriteHdf5(_folder["set.hdf5"], images, [.. Enumerable.Range(0, images.Length / SamplesPerImage).Select(i => i % 2L)])
        );

    private sealed class InterruptAfter(int images, CancellationTokenSource interrupt) : IProgress<int>
    {
        private int _done;

        public void Report(int value)
        {
            if (Interlocked.Add(ref _done, value) == images)
            {
                interrupt.Cancel();
            }
        }
    }
}
