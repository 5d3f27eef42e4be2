namespace Coos.Server.Configuration;

/// <summary>
/// Keeps the server's files from other users of the machine, because they contain labels, predictions and keys. On Windows the
/// access rights of the folder apply instead.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>
    /// Creates the data folder for its owner only. An existing folder is restricted if it is empty or contains the database. Any
    /// other folder, such as /tmp, belongs to other programs too, and they must keep their access.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="database">The file name of the database.</param>
    public static void CreateFolder(string path, string database)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, OwnerFolder);
        }
        else if (!File.GetUnixFileMode(path).HasFlag(UnixFileMode.StickyBit) && IsOwn(path, database))
        {
            Restrict(path, OwnerFolder);
        }
    }

    /// <summary>Creates an empty file for its owner only, or restricts an existing file.</summary>
    public static void CreateOrRestrict(string path)
    {
        if (File.Exists(path))
        {
            Restrict(path);
            return;
        }

        try
        {
            Open(path, FileMode.CreateNew, FileShare.ReadWrite).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process created it, or it cannot be created. In that case, opening the database reports the reason.
        }
    }

    /// <summary>Takes away the access of other users to a file, if the file exists and belongs to the user of this process.</summary>
    public static void Restrict(string path)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            Restrict(path, OwnerFile);
        }
    }

    /// <summary>Opens a file for reading and writing. A new file is for its owner only.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        return new FileStream(path, options);
    }

    private static bool IsOwn(string folder, string database)
    {
        try
        {
            return File.Exists(Path.Combine(folder, database)) || !Directory.EnumerateFileSystemEntries(folder).Any();
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Restrict(string path, UnixFileMode allowed)
    {
        try
        {
            var mode = File.GetUnixFileMode(path);
            if ((mode & ~allowed) != 0)
            {
                File.SetUnixFileMode(path, mode & allowed);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It belongs to another user, who decides about its access, or was deleted in the meantime.
        }
    }
}
