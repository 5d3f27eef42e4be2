using System.Security.Cryptography;
using System.Text;
using Coos.Server.Data;

namespace Coos.Server.Benchmarks;

/// <summary>
/// Computes the hashes of labels that guarded benchmarks show. They change exactly when the labels change, like the plain hash, but
/// nobody without the server's key can confirm guessed labels by them.
/// </summary>
internal sealed class PublicHashes(ServerSecrets secrets)
{
    /// <summary>The prefix of a keyed hash.</summary>
    public const string Prefix = "hmac-sha256:";

    private const string KeyName = "labels-hash";

    /// <summary>Gets the function from a plain hash, as text, to the hash that is shown.</summary>
    public async ValueTask<Func<string, string>> GetAsync(CancellationToken cancellation)
    {
        var key = await secrets.GetAsync(KeyName, cancellation);
        return hash => Prefix + Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(hash)));
    }
}
