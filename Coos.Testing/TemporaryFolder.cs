namespace Coos.Testing;

/// <summary>A temporary folder of a test, deleted after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("coos-test-").FullName;

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The paths of all files in the folder and the folders below it, in order.</summary>
    public IReadOnlyList<string> Files() =>
        [.. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>Writes a file; one whose name ends in .gz is compressed.</summary>
    /// <returns>The path of the file.</returns>
    public string Write(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var content = Packed.Text(text);
        File.WriteAllBytes(path, name.EndsWith(".gz", StringComparison.Ordinal) ? Packed.GZip(content) : content);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
