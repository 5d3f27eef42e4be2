using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Coos.Shared.Predictions;

/// <summary>What remains of an id without what programs add, lose or change; equal for ids that were probably the same.</summary>
internal static class IdKey
{
    private const int MaximumExtension = 5;

    /// <summary>How much is left out. Each level includes those before it.</summary>
    public enum Level
    {
        /// <summary>Upper and lower case, and white space.</summary>
        Case = 0,

        /// <summary>Zeros at the start of numbers.</summary>
        Zeros = 1,

        /// <summary>The file extension.</summary>
        Extension = 2,

        /// <summary>Folders.</summary>
        Folder = 3,
    }

    /// <summary>A hash of what remains of an id.</summary>
    public static ulong Hash(string id, Level level)
    {
        var text = level >= Level.Extension ? id[..(id.Length - ExtensionOf(id).Length)] : id;
        text = level >= Level.Folder ? text[FolderOf(text).Length..] : text;
        var key = Fold(text, level >= Level.Zeros);
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key.AsSpan()));
    }

    /// <summary>The file extension of an id, with its dot; empty if it has none.</summary>
    public static string ExtensionOf(string id)
    {
        var dot = id.LastIndexOf('.');
        var extension = dot <= FolderOf(id).Length ? "" : id[dot..];
        return
            extension.Length is > 1 and <= MaximumExtension + 1
            && extension.Skip(1).All(char.IsAsciiLetterOrDigit)
            && extension.Any(char.IsAsciiLetter)
            ? extension
            : "";
    }

    /// <summary>The folders of an id, with the last slash; empty if it has none.</summary>
    public static string FolderOf(string id) => id[..(id.LastIndexOfAny(['/', '\\']) + 1)];

    /// <summary>An id in upper case, with single spaces between words, and if wanted without zeros before numbers.</summary>
    public static string Fold(string id, bool withoutZeros)
    {
        var text = new StringBuilder(id.Length);
        var trimmed = id.AsSpan().Trim();
        for (var i = 0; i < trimmed.Length; i++)
        {
            var c = trimmed[i];
            var follows = i + 1 < trimmed.Length ? trimmed[i + 1] : ' ';
            var isLeadingZero = c == '0' && char.IsAsciiDigit(follows) && (text.Length == 0 || !char.IsAsciiDigit(text[^1]));
            var isRepeatedSpace = char.IsWhiteSpace(c) && char.IsWhiteSpace(follows);
            if (!isRepeatedSpace && !(withoutZeros && isLeadingZero))
            {
                text.Append(
                    char.IsWhiteSpace(c) ? ' '
                    : c == '\\' ? '/'
                    : char.ToUpperInvariant(c)
                );
            }
        }

        return text.ToString();
    }
}
