using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Coos.Server.Accounts;

/// <summary>
/// Creates and hashes API tokens. A token has 256 random bits, which cannot be guessed, so a single SHA-256 is sufficient.
/// Slow hashes such as bcrypt protect weak passwords that people choose. Here they would only slow each request down, and
/// their salt would prevent finding a token by its hash.
/// </summary>
internal static class TokenSecret
{
    /// <summary>The prefix of all tokens, by which secret scanners recognise them.</summary>
    public const string Prefix = "coos_";

    private const int Bytes = 32;

    /// <summary>Creates a token.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Computes the hash of a token, which is stored in its place.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
