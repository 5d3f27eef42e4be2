using Coos.Shared.Datasets;

namespace Coos.Shared.Tests.Datasets;

/// <summary>Only one process writes to a folder at a time.</summary>
public sealed class OutputLockTests : IDisposable
{
    private const string Busy = "another process is writing here; wait until it is done, or write to another folder";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_second_writer_is_rejected_until_the_first_is_done()
    {
        using (OutputLock.Acquire(_folder["out"]))
        {
            var fault = Assert.Throws<DatasetException>(() => OutputLock.Acquire(_folder["out"]));
            Assert.Equal($"{_folder["out"]}: {Busy}", fault.Message);

            // A rejected attempt must not release the lock.
            Assert.Throws<DatasetException>(() => OutputLock.Acquire(_folder["out"]));
        }

        OutputLock.Acquire(_folder["out"]).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(_folder["out"]));
    }

    [Fact]
    public void Other_parts_of_a_folder_can_be_locked_at_the_same_time()
    {
        using var test1 = OutputLock.Acquire(_folder["out"], "test1");

        OutputLock.Acquire(_folder["out"], "test2").Dispose();
    }

    /// <summary>A killed process leaves its lock file behind.</summary>
    [Fact]
    public void A_stale_lock_file_is_ignored()
    {
        Directory.CreateDirectory(_folder["out"]);
        File.WriteAllText(_folder["out/.output.lock"], "");

        OutputLock.Acquire(_folder["out"]).Dispose();

        Assert.Empty(Directory.GetFileSystemEntries(_folder["out"]));
    }

    [Fact]
    public void A_folder_that_was_deleted_in_the_meantime_is_ignored()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not delete a folder with an open file");
        using var own = OutputLock.Acquire(_folder["out"]);

        Directory.Delete(_folder["out"], recursive: true);
    }

    [Fact]
    public void A_folder_that_cannot_be_created_is_reported()
    {
        File.WriteAllText(_folder["out"], "in the way");

        var fault = Assert.Throws<DatasetException>(() => OutputLock.Acquire(_folder["out"]));
        Assert.StartsWith($"{_folder["out"]}: the folder cannot be created: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unpacking_into_a_locked_folder_is_rejected()
    {
        using var set = ImageSet.Open(DatasetBuilder.WriteHdf5(_folder["set.hdf5"], DatasetBuilder.Images<ushort>(4), new long[4]));
        using var other = OutputLock.Acquire(_folder["tiff"], "test1");

        var cancellation = TestContext.Current.CancellationToken;
        var fault = Assert.Throws<DatasetException>(() => DatasetUnpacker.Unpack(set, _folder["tiff/test1"], cancellation: cancellation));

        Assert.Equal($"{_folder["tiff"]}: {Busy}", fault.Message);
        Assert.Equal([_folder["tiff/.test1.lock"]], Directory.GetFileSystemEntries(_folder["tiff"]));
    }

    public void Dispose() => _folder.Dispose();
}
