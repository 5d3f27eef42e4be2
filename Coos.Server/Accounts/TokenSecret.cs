using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Coos.Server.Accounts;

/// <summary>
/// Makes and hashes API tokens. A token is 256 random bits, which nobody can guess or try out: one SHA-256 is right for it.
/// Slow hashes such as bcrypt make up for passwords that people choose; here they would only make each request slow, and
/// their salt would keep the token from being found by its hash.
/// </summary>
internal static class TokenSecret
{
    /// <summary>What tokens start with, so that scanners for leaked secrets know them.</summary>
    public const string Prefix = "coos_";

    private const int Bytes = 32;

    /// <summary>A new token.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored of a token.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
