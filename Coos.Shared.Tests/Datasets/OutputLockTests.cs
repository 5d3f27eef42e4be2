using Coos.Shared.Datasets;

namespace Coos.Shared.Tests.Datasets;

/// <summary>Who writes into a folder has it alone.</summary>
public sealed class OutputLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_second_one_is_refused_until_the_first_is_done()
    {
        using (OutputLock.Take(_folder["out"]))
        {
            var fault = Assert.Throws<DatasetException>(() => OutputLock.Take(_folder["out"]));
            Assert.Equal($"{_folder["out"]}: another process is writing here; wait until it is done, or write to another folder", fault.Message);

            // Refused once, it is refused again: who was refused took nothing away.
            Assert.Throws<DatasetException>(() => OutputLock.Take(_folder["out"]));
        }

        OutputLock.Take(_folder["out"]).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(_folder["out"]));
    }

    [Fact]
    public void Other_parts_of_a_folder_may_be_written_meanwhile()
    {
        using var test1 = OutputLock.Take(_folder["out"], "test1");

        OutputLock.Take(_folder["out"], "test2").Dispose();
    }

    /// <summary>A killed process leaves its file behind.</summary>
    [Fact]
    public void A_file_that_nobody_holds_does_not_matter()
    {
        Directory.CreateDirectory(_folder["out"]);
        File.WriteAllText(_folder["out/.output.lock"], "");

        OutputLock.Take(_folder["out"]).Dispose();

        Assert.Empty(Directory.GetFileSystemEntries(_folder["out"]));
    }

    [Fact]
    public void A_folder_that_went_meanwhile_does_not_matter()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there a folder with an open file stays");
        using var own = OutputLock.Take(_folder["out"]);

        Directory.Delete(_folder["out"], recursive: true);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(_folder["out"], "in the way");

        Assert.StartsWith($"{_folder["out"]}: the folder cannot be made: ", Assert.Throws<DatasetException>(() => OutputLock.Take(_folder["out"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_unpacked_into_a_folder_that_another_unpacks_into()
    {
        using var set = ImageSet.Open(DatasetBuilder.WriteHdf5(_folder["set.hdf5"], DatasetBuilder.Images<ushort>(4), new long[4]));
        using var other = OutputLock.Take(_folder["tiff"], "test1");

        var fault = Assert.Throws<DatasetException>(() => DatasetUnpacker.Unpack(set, _folder["tiff/test1"], cancellation: TestContext.Current.CancellationToken));

        Assert.Equal($"{_folder["tiff"]}: another process is writing here; wait until it is done, or write to another folder", fault.Message);
        Assert.Equal([_folder["tiff/.test1.lock"]], Directory.GetFileSystemEntries(_folder["tiff"]));
    }

    public void Dispose() => _folder.Dispose();
}
