using System.IO.Compression;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Server.Benchmarks;

/// <summary>The database format of labels: the canonical label file, compressed with gzip.</summary>
internal static class LabelArchive
{
    /// <summary>Writes and compresses labels.</summary>
    public static byte[] Pack(SplitLabels labels)
    {
        using var content = new MemoryStream();
        using (var packed = new GZipStream(content, CompressionLevel.Optimal))
        using (var writer = new StreamWriter(packed))
        {
            LabelFile.Write(labels, writer);
        }

        return content.ToArray();
    }

    /// <summary>Decompresses and reads labels.</summary>
    /// <exception cref="LabelSourceException">The manifest changed after the import, so the labels no longer match it.</exception>
    public static SplitLabels Unpack(byte[] content, Benchmark benchmark)
    {
        var problems = new ProblemList();
        using var text = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        return LabelFile.Read(text, "database", benchmark.ClassNames, problems)
            ?? throw new LabelSourceException(
                $"{benchmark.Slug}: the imported labels no longer match the manifest:\n{string.Join('\n', problems.Items)}"
            );
    }
}
