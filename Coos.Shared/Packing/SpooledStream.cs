namespace Coos.Shared.Packing;

/// <summary>
/// Makes a stream seekable: a zip and a Parquet file have their directory at the end. What is large goes to a temporary file, which
/// is deleted when it is closed.
/// </summary>
internal static class SpooledStream
{
    /// <summary>A smaller file stays in memory.</summary>
    private const int MaximumMemory = 4 << 20;

    /// <summary>Copies a stream, unless it can seek.</summary>
    /// <param name="content">The stream; left open.</param>
    /// <param name="maximumBytes">The number of bytes that it may have.</param>
    /// <returns>A stream at its start, which the caller closes; null if the stream has more bytes.</returns>
    public static Stream? Open(Stream content, long maximumBytes)
    {
        Stream copy = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (content.Read(buffer) is var read and > 0)
        {
            if (copy.Length + read > maximumBytes)
            {
                copy.Dispose();
                return null;
            }

            copy = copy is MemoryStream && copy.Length + read > MaximumMemory ? MoveToFile(copy) : copy;
            copy.Write(buffer, 0, read);
        }

        copy.Position = 0;
        return copy;
    }

    private static FileStream MoveToFile(Stream memory)
    {
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
            }
        );
        memory.Position = 0;
        memory.CopyTo(file);
        memory.Dispose();
        return file;
    }
}
