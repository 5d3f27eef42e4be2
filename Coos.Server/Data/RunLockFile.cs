using System.Text;
using Coos.Server.Configuration;
using Coos.Server.Data.Backup;

namespace Coos.Server.Data;

/// <summary>The <see cref="RunLock"/> of a SQLite database. Its file names the servers, for messages; only the lock counts.</summary>
internal static class RunLockFile
{
    private const string Suffix = ".run";

    /// <summary>Opens the file as a server, together with other servers, and adds this one to the names.</summary>
    /// <returns>The file; null if its folder is missing, which opening the database reports.</returns>
    public static FileStream? OpenShared(CoosSettings settings)
    {
        var path = GetPath(settings);
        try
        {
            PrivateFiles.Restrict(path);
            var file = PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.ReadWrite);
            TryAddServer(file, RunningServer.Describe(settings));
            return file;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException(
                $"{path}: cannot be opened ({e.Message.TrimEnd('.')}); every server of this database keeps this file open, "
                    + "so the user of the server must own it and its folder, and no restore may run",
                e
            );
        }
    }

    /// <summary>Opens the file for a restore.</summary>
    /// <returns>The file; null if its folder is missing, which opening the database reports.</returns>
    /// <exception cref="BackupException">A server has the file open, or it cannot be opened.</exception>
    public static FileStream? OpenExclusive(CoosSettings settings)
    {
        var path = GetPath(settings);
        try
        {
            return PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new BackupException(
                $"{path}: cannot be opened ({e.Message.TrimEnd('.')}), so it is unknown whether a server runs; "
                    + "run the command as the user of the server",
                e
            );
        }
        catch (IOException)
        {
            using var file = PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.ReadWrite);
            throw RunningServer.RefuseRestore(ReadServers(file));
        }
    }

    private static string GetPath(CoosSettings settings) => DatabaseFile.GetPath(settings.ConnectionString) + Suffix;

    /// <summary>Reads the names of servers that still run. Killed servers leave their names behind, but not the lock.</summary>
    private static List<string> ReadServers(FileStream file)
    {
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        return [.. reader.ReadToEnd().Split('\n').Where(RunningServer.IsAlive).Distinct()];
    }

    private static void TryAddServer(FileStream file, string server)
    {
        try
        {
            var servers = ReadServers(file).Append(server).Distinct();
            file.SetLength(0);
            file.Position = 0;
            file.Write(Encoding.UTF8.GetBytes(string.Join('\n', servers)));
        }
        catch (IOException)
        {
            // The disk is full. A server starts then too, and holds the lock without a name.
        }
    }
}
