using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Coos.Web.Previews;

/// <summary>A weight and size of the bundled font: what letters it has, what fits a width, and how it is written.</summary>
/// <param name="typeface">One of the two weights, which all pictures share.</param>
/// <param name="size">Pixels an em.</param>
internal sealed class PreviewText(SKTypeface typeface, float size) : IDisposable
{
    private const string Ellipsis = "\u2026";

    /// <summary>Stands for a letter that the font lacks.</summary>
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
    /// <exception cref="TypeInitializationException">Its native library cannot be loaded.</exception>
    public static void Load() => ArgumentNullException.ThrowIfNull(Bold);

    /// <summary>The regular weight.</summary>
    public static PreviewText InRegular(float size) => new(Regular, size);

    /// <summary>The bold weight.</summary>
    public static PreviewText InBold(float size) => new(Bold, size);

    /// <summary>
    /// What the font can write of a text, for Skia takes no other font by itself and writes nothing at all where half of a
    /// pair stands alone: letters that the font lacks become boxes; emoji, marks and what is invisible are left out.
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

    /// <summary>Whether so much of a text can be written that it still says something: more than half of its letters.</summary>
    public static bool IsReadable(string text)
    {
        var written = Writable(text).Where(c => c != ' ').ToList();
        return 2 * written.Count(c => c != Box) > written.Count;
    }

    /// <summary>How wide a text is.</summary>
    public float WidthOf(string text) => _font.MeasureText(text);

    /// <summary>The part of a text that fits a width, with an ellipsis where something is left out.</summary>
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
    /// Two lines of a text that has no room in one, broken between words so that they are about as long; the second ends in
    /// an ellipsis where that does not do. One line where there is no word to break behind.
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

    /// <summary>Writes a text.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="text">Of <see cref="Fit"/> or <see cref="Wrap"/>, or of letters that the font surely has.</param>
    /// <param name="x">Where its base line begins, has its middle or ends.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="colour">The colour.</param>
    /// <param name="align">What <paramref name="x"/> is.</param>
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
