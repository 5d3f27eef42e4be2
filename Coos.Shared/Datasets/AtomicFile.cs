namespace Coos.Shared.Datasets;

/// <summary>Writes files atomically: under a temporary name first, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>The suffix of the temporary name; the next attempt overwrites such a file.</summary>
    public const string PartSuffix = ".part";

    /// <summary>Writes a file.</summary>
    /// <param name="path">Its path; its folder must exist.</param>
    /// <param name="content">The whole content.</param>
    /// <exception cref="DatasetException">The file cannot be written, for example because the disk is full.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var part = path + PartSuffix;
        try
        {
            using (var file = File.OpenHandle(part, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(file, content, 0);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, part, fault);
        }
    }

    /// <summary>Writes a file directly, for a folder that is itself temporary. A failure leaves no file behind.</summary>
    /// <param name="path">Its path; its folder must exist.</param>
    /// <param name="content">The whole content.</param>
    /// <param name="isNew">Whether the file certainly does not exist, which saves truncating it.</param>
    /// <exception cref="DatasetException">The file cannot be written, for example because the disk is full.</exception>
    public static void WriteStaged(string path, ReadOnlySpan<byte> content, bool isNew = false)
    {
        try
        {
            using var file = File.OpenHandle(path, isNew ? FileMode.CreateNew : FileMode.Create, FileAccess.Write);
            RandomAccess.Write(file, content, 0);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, path, fault);
        }
    }

    /// <summary>Writes a file with an action that writes to a path. A failure leaves no file behind.</summary>
    /// <param name="path">Its path; its folder must exist.</param>
    /// <param name="write">Writes the content to the given path.</param>
    /// <exception cref="DatasetException">The file cannot be written, for example because the disk is full.</exception>
    public static void Write(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var part = path + PartSuffix;
        try
        {
            write(part);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, part, fault);
        }
        catch
        {
            Remove(part);
            throw;
        }
    }

    /// <summary>Opens the temporary file for <see cref="Write(string, Action{string})"/>.</summary>
    /// <param name="part">The path that the action receives.</param>
    /// <returns>An empty file that others may read. An exclusive lock could outlive its stream: a process that another thread
    /// is starting inherits every open file until it runs, and the first reader of the renamed file would be refused.</returns>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static FileStream Open(string part) => new(part, FileMode.Create, FileAccess.Write, FileShare.Read);

    private static DatasetException Failed(string path, string part, Exception fault)
    {
        Remove(part);
        return new DatasetException(path, null, null, $"cannot be written: {fault.Message}", fault);
    }

    private static void Remove(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The reason why writing failed is reported instead; the next attempt overwrites the part.
        }
    }
}
