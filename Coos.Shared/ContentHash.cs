using System.Security.Cryptography;

namespace Coos.Shared;

/// <summary>Computes and formats content hashes: <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
public static class ContentHash
{
    /// <summary>The length of a hash as text.</summary>
    public const int Length = 71;

    /// <summary>Computes the hash of some bytes.</summary>
    public static string Compute(ReadOnlySpan<byte> content) => Format(SHA256.HashData(content));

    /// <summary>Formats a SHA-256 value.</summary>
    /// <param name="sha256">32 bytes.</param>
    public static string Format(ReadOnlySpan<byte> sha256) => "sha256:" + Convert.ToHexStringLower(sha256);
}
