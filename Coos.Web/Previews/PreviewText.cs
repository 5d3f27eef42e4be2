using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Coos.Web.Previews;

/// <summary>Measures, fits and draws text in one weight and size of the bundled font.</summary>
/// <param name="typeface">One of the two weights, which all images share.</param>
/// <param name="size">The font size in pixels.</param>
internal sealed class PreviewText(SKTypeface typeface, float size) : IDisposable
{
    private const string Ellipsis = "\u2026";

    /// <summary>Replaces a letter that is missing in the font.</summary>
    private const char Box = '\u25A1';

    private readonly SKFont _font = new(typeface, size)
    {
        Subpixel = true,
        Hinting = SKFontHinting.None,
        Edging = SKFontEdging.Antialias,
    };

    private static SKTypeface Regular { get; } = Read("Inter_400Regular.ttf");

    private static SKTypeface Bold { get; } = Read("Inter_700Bold.ttf");

    /// <summary>Loads the fonts, and with them Skia.</summary>
    /// <exception cref="TypeInitializationException">The native library of Skia cannot be loaded.</exception>
    public static void Load() => ArgumentNullException.ThrowIfNull(Bold);

    /// <summary>Creates text in the regular weight.</summary>
    public static PreviewText CreateRegular(float size) => new(Regular, size);

    /// <summary>Creates text in the bold weight.</summary>
    public static PreviewText CreateBold(float size) => new(Bold, size);

    /// <summary>
    /// The part of a text that the font can draw. Missing letters become boxes; emoji, combining marks and invisible characters
    /// are removed. This is needed because Skia has no font fallback and draws nothing if a text has an unpaired surrogate.
    /// </summary>
    public static string Writable(string text)
    {
        using var font = new SKFont(Regular);
        var written = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                written.Append(' ');
            }
            else if (
                font.GetGlyph(rune.Value) != 0
                && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format)
            )
            {
                written.Append(rune);
            }
            else if (Rune.IsLetterOrDigit(rune) || Rune.IsPunctuation(rune))
            {
                written.Append(Box);
            }
        }

        return string.Join(' ', written.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Whether the font can draw more than half of a text's characters.</summary>
    public static bool IsReadable(string text)
    {
        var written = Writable(text).Where(c => c != ' ').ToList();
        return 2 * written.Count(c => c != Box) > written.Count;
    }

    /// <summary>The width of a text in pixels.</summary>
    public float WidthOf(string text) => _font.MeasureText(text);

    /// <summary>Shortens a text to a width, with an ellipsis if it is cut.</summary>
    public string Fit(string text, float width)
    {
        text = Writable(text);
        if (WidthOf(text) <= width)
        {
            return text;
        }

        return text[.._font.BreakText(text, Math.Max(0, width - WidthOf(Ellipsis)))].TrimEnd() + Ellipsis;
    }

    /// <summary>
    /// Breaks a text that does not fit on one line between words into two lines of similar length. The second line ends in an
    /// ellipsis if the text still does not fit. A text without a possible break stays on one line.
    /// </summary>
    public IReadOnlyList<string> Wrap(string text, float width)
    {
        text = Writable(text);
        var breaks = text.Index().Where(c => c.Item == ' ').Select(c => c.Index).Where(i => WidthOf(text[..i]) <= width).ToList();
        if (WidthOf(text) <= width || breaks.Count == 0)
        {
            return [Fit(text, width)];
        }

        var even = breaks
            .Where(i => WidthOf(text[(i + 1)..]) <= width)
            .DefaultIfEmpty(breaks[^1])
            .MinBy(i => Math.Abs(WidthOf(text[..i]) - WidthOf(text[i..])));
        return [text[..even], Fit(text[(even + 1)..], width)];
    }

    /// <summary>Draws a text.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="text">The result of <see cref="Fit"/> or <see cref="Wrap"/>, or a text with only letters of the font.</param>
    /// <param name="x">The horizontal position of the left, middle or right end of the text.</param>
    /// <param name="y">The vertical position of the baseline.</param>
    /// <param name="colour">The colour.</param>
    /// <param name="align">The part of the text at <paramref name="x"/>.</param>
    public void Write(SKCanvas canvas, string text, float x, float y, SKColor colour, SKTextAlign align = SKTextAlign.Left)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        canvas.DrawText(text, x, y, align, _font, paint);
    }

    public void Dispose() => _font.Dispose();

    private static SKTypeface Read(string name)
    {
        using var stream = typeof(PreviewText).Assembly.GetManifestResourceStream($"Coos.Web.Previews.Fonts.{name}");
        return SKTypeface.FromStream(stream) ?? throw new InvalidOperationException($"The font {name} is missing or cannot be read.");
    }
}
