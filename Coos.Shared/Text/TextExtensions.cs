namespace Coos.Shared.Text;

/// <summary>What messages do with texts that somebody sent.</summary>
public static class TextExtensions
{
    /// <summary>The most characters of a foreign text that a message quotes.</summary>
    public const int QuotedLength = 60;

    /// <summary>The text, or its beginning followed by dots where it is longer than a message may quote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The most characters of it that are kept, 1 or more.</param>
    public static string Shorten(this string text, int length = QuotedLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return text.Length <= length ? text : text[..length] + "...";
    }
}
