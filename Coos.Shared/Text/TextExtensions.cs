namespace Coos.Shared.Text;

/// <summary>Shortens text from users and files for messages.</summary>
public static class TextExtensions
{
    /// <summary>The maximum number of characters that a message quotes.</summary>
    public const int QuotedLength = 60;

    /// <summary>Returns the text, cut off with three dots if it is too long.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The maximum number of characters to keep, at least 1.</param>
    public static string Shorten(this string text, int length = QuotedLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return text.Length <= length ? text : text[..length] + "...";
    }
}
