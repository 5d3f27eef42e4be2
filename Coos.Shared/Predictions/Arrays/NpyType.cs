using System.Globalization;

namespace Coos.Shared.Predictions.Arrays;

/// <summary>What an element of a NumPy array is.</summary>
internal enum NpyKind
{
    /// <summary>A whole number with a sign.</summary>
    Signed = 0,

    /// <summary>A whole number without a sign.</summary>
    Unsigned = 1,

    /// <summary>A floating-point number of 16, 32 or 64 bits.</summary>
    Float = 2,

    /// <summary>Text in UTF-32, filled with zeros.</summary>
    Text = 3,

    /// <summary>Bytes, filled with zeros.</summary>
    Bytes = 4,
}

/// <summary>The type of the elements of a NumPy array: its <c>dtype</c>.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Size">The number of bytes of an element; 0 for arrays of empty text.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
/// <param name="Name">The type as NumPy writes it, such as <c>float32</c> or <c>&lt;U5</c>.</param>
internal sealed record NpyType(NpyKind Kind, int Size, bool IsBigEndian, string Name)
{
    /// <summary>The maximum number of bytes of a text; ids have at most 200 bytes of UTF-8.</summary>
    private const int MaximumText = 4096;

    /// <summary>Whether elements are whole numbers.</summary>
    public bool IsInteger => Kind is NpyKind.Signed or NpyKind.Unsigned;

    /// <summary>Parses a type such as <c>&lt;f4</c>.</summary>
    /// <param name="text">The type in the header.</param>
    /// <param name="error">What the type is and what to do, if it is not read.</param>
    /// <returns>The type; null if arrays of it are not read.</returns>
    public static NpyType? Parse(string text, out string error)
    {
        error = "";
        var size = 0;
        var isSized = text.Length >= 3 && int.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out size);
        if (text.Length < 2 || text[0] is not ('<' or '>' or '|' or '=') || (!isSized && text[1] is not 'O' and not 'M' and not 'm'))
        {
            error = $"has the dtype {Excerpt.Quote(System.Text.Encoding.UTF8.GetBytes(text))}, which is not read";
            return null;
        }

        var isBig = text[0] == '>';
        NpyType? type = (text[1], size) switch
        {
            ('i', 1 or 2 or 4 or 8) => new(NpyKind.Signed, size, isBig, NameOf("int", size)),
            ('u', 1 or 2 or 4 or 8) => new(NpyKind.Unsigned, size, isBig, NameOf("uint", size)),
            ('f', 2 or 4 or 8) => new(NpyKind.Float, size, isBig, NameOf("float", size)),
            ('U', >= 1 and <= MaximumText / 4) => new(NpyKind.Text, 4 * size, isBig, text),
            ('S' or 'a', >= 1 and <= MaximumText) => new(NpyKind.Bytes, size, false, text),
            _ => null,
        };
        error = type is null ? Explain(text, size) : "";
        return type;
    }

    private static string NameOf(string kind, int size) => kind + (8 * size).ToString(CultureInfo.InvariantCulture);

    private static string Explain(string text, int size) =>
        text[1] switch
        {
            'O' => "has the dtype object, whose elements are Python pickles; they are never loaded, since a pickle can run any program. "
                + "Convert it with .astype(str) or .astype(int) before saving",
            'b' => "has the dtype bool; convert it with .astype(int)",
            'c' => "has complex numbers; save real ones",
            'M' or 'm' => "has dates or times; save whole numbers or text",
            'V' => "has the dtype void; save plain numbers or text",
            'f' => string.Create(CultureInfo.InvariantCulture, $"has the dtype float{8L * size}; convert it with .astype(\"float64\")"),
            'U' or 'S' or 'a' => string.Create(
                CultureInfo.InvariantCulture,
                $"has texts of {size:N0} characters; ids and class names have 1 to {MaximumText / 4:N0}"
            ),
            _ => $"has the dtype {Excerpt.Quote(System.Text.Encoding.UTF8.GetBytes(text))}, which is not read",
        };
}
