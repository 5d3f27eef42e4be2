using System.IO.Compression;
using System.Text;
using Coos.Shared.Datasets;

namespace Coos.Cli.Tests.Support;

/// <summary>A folder of test files, gone when the test is.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("coos-cli-").FullName;

    /// <summary>Writes a file; one that ends in .gz is compressed.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using Stream file = AtomicFile.Open(path);
        using var stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
