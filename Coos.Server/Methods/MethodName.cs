using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Coos.Server.Accounts;

namespace Coos.Server.Methods;

/// <summary>Compares the names of methods and runs, and writes the names of methods in URLs.</summary>
internal static class MethodName
{
    private const int MaximumLength = 40;

    /// <summary>
    /// Converts a method's name or a run to the key by which they are compared: Unicode form KC, single spaces, upper case. Whole
    /// numbers are the same run with and without leading zeros.
    /// </summary>
    public static string ToKey(string name)
    {
        var key = Names.ToKey(name);
        return key.All(char.IsAsciiDigit) && key.TrimStart('0') is { Length: > 0 } number ? number : key;
    }

    /// <summary>
    /// Creates the name of a method in URLs: the letters and digits of its name, and six characters that differ between owners.
    /// </summary>
    public static string ToPath(string owner, string method)
    {
        var text = new StringBuilder();
        foreach (var c in Names.Normalize(method).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                text.Append(c);
            }
            else if (text.Length > 0 && text[^1] != '-')
            {
                text.Append('-');
            }
        }

        var words = text.ToString()[..Math.Min(text.Length, MaximumLength)].Trim('-');
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\n{ToKey(method)}"));
        var mark = (BinaryPrimitives.ReadUInt32BigEndian(hash) >> 8).ToString("x6", System.Globalization.CultureInfo.InvariantCulture);
        return words.Length == 0 ? mark : $"{words}-{mark}";
    }
}
