using System.Security.Cryptography;
using System.Text;
using Coos.Shared.Datasets;

namespace Coos.Baselines.Features;

/// <summary>Caches features on disk by the content of their images. A damaged file is recomputed.</summary>
/// <param name="folder">The folder of the files.</param>
public sealed class FeatureCache(string folder)
{
    private const int HeaderLength = 8;

    /// <summary>Reads features from the cache, or computes and stores them.</summary>
    /// <param name="set">The images.</param>
    /// <param name="kind">The name of the features, with their options and version.</param>
    /// <param name="columns">D, the number of features.</param>
    /// <param name="compute">Computes the features.</param>
    /// <param name="cancellation">Cancels between two blocks.</param>
    /// <returns>Features, N x D.</returns>
    public FeatureMatrix GetOrCompute(
        ImageSet set,
        string kind,
        int columns,
        Func<FeatureMatrix> compute,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(compute);
        var path = Path.Combine(folder, Hash(set, kind, cancellation) + ".features");
        if (TryRead(path, set.Shape.Count, columns) is { } cached)
        {
            return cached;
        }

        var features = compute();
        Directory.CreateDirectory(folder);
        try
        {
            AtomicFile.Write(path, Encode(features));
        }
        catch (DatasetException) when (TryRead(path, set.Shape.Count, columns) is not null)
        {
            // Another run that shares the folder has just stored the same features.
        }

        return features;
    }

    /// <summary>Hashes the decoded images, so that their storage format does not matter.</summary>
    private static string Hash(ImageSet set, string kind, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{kind} {set.Shape}"));
        foreach (var block in set.Blocks())
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(block.Samples));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] Encode(FeatureMatrix features)
    {
        var content = new byte[HeaderLength + (features.Values.Length * sizeof(double)) + SHA256.HashSizeInBytes];
        BitConverter.TryWriteBytes(content, features.Rows);
        BitConverter.TryWriteBytes(content.AsSpan(4), features.Columns);
        Buffer.BlockCopy(features.Values, 0, content, HeaderLength, features.Values.Length * sizeof(double));
        var length = content.Length - SHA256.HashSizeInBytes;
        SHA256.HashData(content.AsSpan(0, length), content.AsSpan(length));
        return content;
    }

    private static FeatureMatrix? TryRead(string path, int rows, int columns)
    {
        var length = HeaderLength + ((long)rows * columns * sizeof(double)) + SHA256.HashSizeInBytes;
        if (!File.Exists(path) || new FileInfo(path).Length != length)
        {
            return null;
        }

        var content = File.ReadAllBytes(path);
        var body = content.AsSpan(0, content.Length - SHA256.HashSizeInBytes);
        if (
            !SHA256.HashData(body).AsSpan().SequenceEqual(content.AsSpan(body.Length))
            || BitConverter.ToInt32(content) != rows
            || BitConverter.ToInt32(content, 4) != columns
        )
        {
            return null;
        }

        var features = new FeatureMatrix(rows, columns);
        Buffer.BlockCopy(content, HeaderLength, features.Values, 0, features.Values.Length * sizeof(double));
        return features;
    }
}
