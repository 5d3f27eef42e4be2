namespace Coos.Shared.Datasets;

/// <summary>
/// Keeps two processes from writing to the same folder: their files would mix, and each would take the other's temporary
/// files for the remains of an interrupted run. The lock ends with its process, even if it is killed.
/// </summary>
public sealed class OutputLock : IDisposable
{
    // The error codes for "used by another process" on Windows, Linux and macOS.
    private static readonly int[] InUse = [unchecked((int)0x80070020), 11, 35];

    private readonly FileStream _file;

    private OutputLock(FileStream file) => _file = file;

    /// <summary>Locks a folder, or a part of it, until disposed.</summary>
    /// <param name="folder">The folder; created if missing.</param>
    /// <param name="part">The part of the folder that is written; others may write other parts at the same time.</param>
    /// <exception cref="DatasetException">Another process holds the lock, or the folder cannot be written to.</exception>
    public static OutputLock Acquire(string folder, string part = "output")
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(folder, null, null, $"the folder cannot be created: {fault.Message}", fault);
        }

        try
        {
            return new OutputLock(Open(Path.Combine(folder, $".{part}.lock")));
        }
        catch (IOException fault) when (InUse.Contains(fault.HResult))
        {
            throw new DatasetException(
                folder,
                null,
                null,
                "another process is writing here; wait until it is done, or write to another folder",
                fault
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(folder, null, null, $"the folder cannot be written to: {fault.Message}", fault);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            try
            {
                // Delete while the lock is held: a moment later the file may belong to another process.
                File.Delete(_file.Name);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // The folder was removed or is no longer writable; a lock file that nobody holds does no harm.
            }
        }

        _file.Dispose();
    }

    private static FileStream Open(string path)
    {
        var options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, options);
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // The coos program switches .NET's own file locks off, because they cost three system calls per file.
                file.Lock(0, 1);
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
