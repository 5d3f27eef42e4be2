namespace Coos.Shared.Datasets;

/// <summary>
/// Keeps a second process out of what one is writing: files of two runs would mix, and what one takes for a rest of an
/// interruption the other is about to write. Ends with its process, also one that is killed.
/// </summary>
public sealed class OutputLock : IDisposable
{
    // "Used by another process" as Windows, Linux and macOS number it.
    private static readonly int[] InUse = [unchecked((int)0x80070020), 11, 35];

    private readonly FileStream _file;

    private OutputLock(FileStream file) => _file = file;

    /// <summary>Takes a folder, or a part of it, until disposed of.</summary>
    /// <param name="folder">The folder; made where it is not there.</param>
    /// <param name="part">What in it is written, where others may write other parts at the same time.</param>
    /// <exception cref="DatasetException">Another process has it, or it cannot be written to.</exception>
    public static OutputLock Take(string folder, string part = "output")
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(folder, null, null, $"the folder cannot be made: {fault.Message}", fault);
        }

        try
        {
            return new OutputLock(Open(Path.Combine(folder, $".{part}.lock")));
        }
        catch (IOException fault) when (InUse.Contains(fault.HResult))
        {
            throw new DatasetException(folder, null, null, "another process is writing here; wait until it is done, or write to another folder", fault);
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
                // While it is still held: a moment later it may be another's.
                File.Delete(_file.Name);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Its folder went meanwhile, or may no longer be written to; a file that nobody holds does not matter.
            }
        }

        _file.Dispose();
    }

    private static FileStream Open(string path)
    {
        var file = new FileStream(
            path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // The coos program has .NET's own locks switched off, for they cost three system calls a file.
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
