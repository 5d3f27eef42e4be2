using System.Runtime.Versioning;
using Coos.Server.Configuration;
using Coos.Server.Data.Backup;
using Coos.Web.Tests.Support;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Coos.Web.Tests.Reliability;

/// <summary>Other users of the machine cannot read labels, predictions and keys.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FilePermissionTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateFolder = Private | UnixFileMode.UserExecute;
    private const UnixFileMode Readable = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ReadableFolder =
        PrivateFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly string _folder = Directory.CreateTempSubdirectory("coos-modes-").FullName;

    [Fact]
    public async Task New_files_and_backups_are_private()
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "PostgreSQL has its own files.");
        await using var server = new TestServer { CreatesDatabase = true };
        await server.StartAsync();
        await server.Client.SubmitScoredAsync(UploadForm.Tiny("Private").Test1(0, 0, 1, 1, 2, 2));
        var backup = Path.Combine(_folder, "backup.db");

        await BackupFile.WriteAsync(server.Settings, backup, overwrite: false);

        AssertPrivate(server.Settings.DataDirectory);
        Assert.Contains("coos.db-wal", Directory.GetFiles(server.Settings.DataDirectory).Select(Path.GetFileName));
        Assert.Equal(Private, File.GetUnixFileMode(backup));
    }

    [Fact]
    public async Task Existing_files_become_private_at_start()
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "PostgreSQL has its own files.");
        await using var server = await TestServer.StartNewAsync();
        var data = server.Settings.DataDirectory;
        await server.StopAsync();
        foreach (var file in Directory.GetFiles(data))
        {
            File.SetUnixFileMode(file, Readable);
        }

        File.SetUnixFileMode(data, ReadableFolder);
        await server.StartAsync();

        AssertPrivate(data);
    }

    [Fact]
    public void An_empty_data_folder_becomes_private_and_one_with_other_files_does_not()
    {
        var empty = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;
        var shared = Directory.CreateDirectory(Path.Combine(_folder, "shared")).FullName;
        File.WriteAllText(Path.Combine(shared, "notes.txt"), "");
        File.SetUnixFileMode(empty, ReadableFolder);
        File.SetUnixFileMode(shared, ReadableFolder);

        foreach (var folder in (string[])[empty, shared])
        {
            SettingsReader.Read(
                new ConfigurationBuilder()
                    .AddInMemoryCollection(new Dictionary<string, string?> { ["Coos:DataDirectory"] = folder })
                    .Build()
            );
        }

        Assert.Equal((PrivateFolder, ReadableFolder), (File.GetUnixFileMode(empty), File.GetUnixFileMode(shared)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void AssertPrivate(string folder)
    {
        Assert.Equal(PrivateFolder, File.GetUnixFileMode(folder));
        Assert.All(Directory.GetFiles(folder), file => Assert.Equal((file, Private), (file, File.GetUnixFileMode(file))));
    }
}
