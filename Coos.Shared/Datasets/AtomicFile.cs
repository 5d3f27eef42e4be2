namespace Coos.Shared.Datasets;

/// <summary>Writes files that are either whole or not there: under a temporary name first, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>What the temporary name adds; the next attempt writes over such a file.</summary>
    public const string PartSuffix = ".part";

    /// <summary>Writes a file.</summary>
    /// <param name="path">Its path; its folder must be there.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="DatasetException">It cannot be written, for example because the disk is full.</exception>
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

    /// <summary>Writes a file into a folder that is itself only a part yet, so under its own name. A fault leaves nothing behind.</summary>
    /// <param name="path">Its path; its folder must be there.</param>
    /// <param name="content">All of it.</param>
    /// <param name="isNew">Whether there is certainly no such file, which saves cutting it to nothing.</param>
    /// <exception cref="DatasetException">It cannot be written, for example because the disk is full.</exception>
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

    /// <summary>Writes a file with whatever writes to a path. Any fault leaves nothing behind.</summary>
    /// <param name="path">Its path; its folder must be there.</param>
    /// <param name="write">Writes the content to the path that it is given.</param>
    /// <exception cref="DatasetException">It cannot be written, for example because the disk is full.</exception>
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

    /// <summary>Opens a part to be written, for <see cref="Write(string, Action{string})"/>.</summary>
    /// <param name="part">The path that the action is given.</param>
    /// <returns>An empty file. Others may read it meanwhile: an exclusive lock outlives its stream where another thread is
    /// starting a process, which has every open file until it runs, and the whole file would then refuse its first reader.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
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
            // The reason that writing failed is the one to tell; the next attempt writes over the part.
        }
    }
}
