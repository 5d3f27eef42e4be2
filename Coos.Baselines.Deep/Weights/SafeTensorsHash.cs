using System.Security.Cryptography;
using System.Text;

namespace Coos.Baselines.Deep.Weights;

/// <summary>
/// Computes the hash that COOS writes into the header of its safetensors files. The format has none, so damaged weights or a
/// damaged checkpoint would be used unnoticed.
/// </summary>
internal sealed class SafeTensorsHash : IDisposable
{
    /// <summary>The key of the hash in the metadata.</summary>
    public const string Key = "coos_sha256";

    /// <summary>The length of the hash in bytes.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Starts the hash with the metadata.</summary>
    /// <param name="metadata">All metadata; the hash itself is left out.</param>
    public SafeTensorsHash(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        foreach (var (key, text) in metadata.Where(m => m.Key != Key).OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            Add($"{key}={text}\n");
        }
    }

    /// <summary>Adds the description of a tensor, in the order of the file.</summary>
    public void AddTensor(string name, TensorEntry entry) => Add($"{name}: {entry.Description}\n");

    /// <summary>Adds the bytes of a tensor.</summary>
    public void AddBytes(ReadOnlySpan<byte> content) => _hash.AppendData(content);

    /// <summary>Computes the hash in hexadecimal.</summary>
    public string ToText() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <inheritdoc />
    public void Dispose() => _hash.Dispose();

    private void Add(string text) => _hash.AppendData(Encoding.UTF8.GetBytes(text));
}
