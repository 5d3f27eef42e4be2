using System.Security.Cryptography;
using System.Text;

namespace Coos.Baselines.Deep.Weights;

/// <summary>
/// The hash that COOS writes into the header of its safetensors files, of all else in them: the format itself has none, and
/// damaged weights or a damaged checkpoint would be computed with.
/// </summary>
internal sealed class SafeTensorsHash : IDisposable
{
    /// <summary>Where it stands among the header's texts.</summary>
    public const string Key = "coos_sha256";

    /// <summary>Its bytes.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Begins with the header's texts.</summary>
    /// <param name="metadata">All of them; the hash itself is left out.</param>
    public SafeTensorsHash(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        foreach (var (key, text) in metadata.Where(m => m.Key != Key).OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            Add($"{key}={text}\n");
        }
    }

    /// <summary>Adds what the header says of a tensor, in the order in which they lie in the file.</summary>
    public void AddTensor(string name, TensorEntry entry) => Add($"{name}: {entry.Description}\n");

    /// <summary>Adds a tensor's bytes.</summary>
    public void AddBytes(ReadOnlySpan<byte> content) => _hash.AppendData(content);

    /// <summary>The hash of all that was added, in hexadecimal.</summary>
    public string ToText() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <inheritdoc />
    public void Dispose() => _hash.Dispose();

    private void Add(string text) => _hash.AppendData(Encoding.UTF8.GetBytes(text));
}
