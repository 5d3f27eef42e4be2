using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Coos.Shared.Labels;

namespace Coos.Shared.Datasets.Neighbours;

/// <summary>
/// Recognises a set of images without reading all of it: their number, and a hash of all ids and of the samples of a few images. It does
/// not depend on how the images are stored.
/// </summary>
/// <param name="Count">The number of images.</param>
/// <param name="Sha256">SHA-256 in lower-case hexadecimal digits.</param>
public sealed record ImageFingerprint(int Count, string Sha256)
{
    /// <summary>The number of images whose samples are hashed.</summary>
    private const int Samples = 16;

    /// <summary>Computes the fingerprint of a set.</summary>
    /// <param name="ids">The ids of the images.</param>
    /// <param name="read">Reads the image at a canonical position.</param>
    /// <exception cref="DatasetException">An image cannot be read.</exception>
    public static ImageFingerprint Compute(ImageIndex ids, Func<int, ImageBlock> read)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(read);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(ids.ContentHash);
        var count = Math.Min(Samples, ids.Count);
        for (var i = 0; i < count; i++)
        {
            hash.AppendData(MemoryMarshal.AsBytes(read((int)((long)i * ids.Count / count)).Image(0)));
        }

        return new ImageFingerprint(ids.Count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
