using System.IO.Compression;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Server.Benchmarks;

/// <summary>Labels as the database keeps them: the canonical label file, gzip.</summary>
internal static class LabelArchive
{
    /// <summary>Packs labels.</summary>
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

    /// <summary>Unpacks labels.</summary>
    /// <exception cref="LabelSourceException">The manifest was changed since, so that they no longer fit.</exception>
    public static SplitLabels Unpack(byte[] content, Benchmark benchmark)
    {
        var problems = new ProblemList();
        using var text = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        return LabelFile.Read(text, "database", benchmark.ClassNames, problems)
            ?? throw new LabelSourceException(
                $"{benchmark.Slug}: labels imported earlier no longer fit the manifest:\n{string.Join('\n', problems.Items)}"
            );
    }
}
