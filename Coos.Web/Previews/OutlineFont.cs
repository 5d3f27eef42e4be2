using System.Buffers.Binary;

namespace Coos.Web.Previews;

/// <summary>
/// The outlines of a TrueType font's glyphs: as much of the format as the two bundled fonts have. Tables of layout and
/// hints are not read.
/// </summary>
internal sealed class OutlineFont
{
    private const int OnCurve = 1;
    private const int ShortX = 2;
    private const int ShortY = 4;
    private const int Repeat = 8;
    private const int SameX = 16;
    private const int SameY = 32;

    private readonly byte[] _data;
    private readonly Dictionary<string, int> _tables = [];
    private readonly int _unitsPerEm;
    private readonly int _advances;
    private readonly Dictionary<int, int> _glyphs = [];

    private OutlineFont(byte[] data)
    {
        _data = data;
        for (var i = 0; i < U16(4); i++)
        {
            var entry = 12 + (16 * i);
            _tables[System.Text.Encoding.ASCII.GetString(data, entry, 4)] = (int)BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(entry + 8));
        }

        _unitsPerEm = U16(_tables["head"] + 18);
        _advances = U16(_tables["hhea"] + 34);
        ReadCharacters();
    }

    /// <summary>The bundled regular weight.</summary>
    public static OutlineFont Regular { get; } = Load("inter-regular.ttf");

    /// <summary>The bundled bold weight.</summary>
    public static OutlineFont Bold { get; } = Load("inter-bold.ttf");

    /// <summary>How wide a text is at a size.</summary>
    public double WidthOf(string text, double size) => text.EnumerateRunes().Sum(r => AdvanceOf(GlyphOf(r.Value))) * size / _unitsPerEm;

    /// <summary>The part of a text that fits a width, with an ellipsis where something is left out.</summary>
    public string Fit(string text, double size, double width)
    {
        if (WidthOf(text, size) <= width)
        {
            return text;
        }

        var kept = text.EnumerateRunes().ToList();
        while (kept.Count > 0 && WidthOf(string.Concat(kept) + "\u2026", size) > width)
        {
            kept.RemoveAt(kept.Count - 1);
        }

        return string.Concat(kept).TrimEnd() + "\u2026";
    }

    /// <summary>The closed outlines of a text as polygons, its base line beginning at a place.</summary>
    public IEnumerable<List<(double X, double Y)>> Outline(string text, double x, double y, double size)
    {
        var scale = size / _unitsPerEm;
        foreach (var rune in text.EnumerateRunes())
        {
            var glyph = GlyphOf(rune.Value);
            foreach (var contour in ContoursOf(glyph))
            {
                yield return [.. contour.Select(p => (x + (p.X * scale), y - (p.Y * scale)))];
            }

            x += AdvanceOf(glyph) * scale;
        }
    }

    private static OutlineFont Load(string name)
    {
        using var stream = typeof(OutlineFont).Assembly.GetManifestResourceStream($"Coos.Web.Previews.Fonts.{name}")
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return new OutlineFont(memory.ToArray());
    }

    /// <summary>The map from characters to glyphs, of the format 4 that fonts of the basic plane have.</summary>
    private void ReadCharacters()
    {
        var cmap = _tables["cmap"];
        var table = Enumerable.Range(0, U16(cmap + 2)).Select(i => cmap + (int)BinaryPrimitives.ReadUInt32BigEndian(_data.AsSpan(cmap + 8 + (8 * i)))).First(t => U16(t) == 4);
        var segments = U16(table + 6) / 2;
        var (ends, starts) = (table + 14, table + 16 + (2 * segments));
        for (var s = 0; s < segments; s++)
        {
            var (delta, range) = (U16(starts + (2 * (segments + s))), starts + (2 * ((2 * segments) + s)));
            for (int c = U16(starts + (2 * s)), end = U16(ends + (2 * s)); c <= end && c < 0xFFFF; c++)
            {
                var glyph = U16(range) == 0 ? c : U16(range + U16(range) + (2 * (c - U16(starts + (2 * s)))));
                _glyphs[c] = glyph == 0 ? 0 : (glyph + delta) & 0xFFFF;
            }
        }
    }

    /// <summary>The glyph of a character; the first, a box, where the font has none.</summary>
    private int GlyphOf(int character) => _glyphs.GetValueOrDefault(character);

    private int AdvanceOf(int glyph) => U16(_tables["hmtx"] + (4 * Math.Min(glyph, _advances - 1)));

    /// <summary>A glyph's contours in font units, its curves broken into lines.</summary>
    private IEnumerable<List<(double X, double Y)>> ContoursOf(int glyph)
    {
        var isLong = U16(_tables["head"] + 50) == 1;
        var (start, end) = (Offset(glyph), Offset(glyph + 1));
        if (start == end)
        {
            return [];
        }

        var at = _tables["glyf"] + start;
        return S16(at) >= 0 ? Simple(at) : Composite(at);

        int Offset(int index) => isLong
            ? (int)BinaryPrimitives.ReadUInt32BigEndian(_data.AsSpan(_tables["loca"] + (4 * index)))
            : 2 * U16(_tables["loca"] + (2 * index));
    }

    private List<List<(double X, double Y)>> Simple(int at)
    {
        int[] ends = [.. Enumerable.Range(0, S16(at)).Select(i => U16(at + 10 + (2 * i)))];
        var count = ends.Length == 0 ? 0 : ends[^1] + 1;
        var position = at + 10 + (2 * ends.Length);
        position += 2 + U16(position);
        var flags = new List<byte>(count);
        while (flags.Count < count)
        {
            var flag = _data[position++];
            flags.AddRange(Enumerable.Repeat(flag, (flag & Repeat) == 0 ? 1 : 1 + _data[position++]));
        }

        var xs = Coordinates(flags, ShortX, SameX, ref position);
        var ys = Coordinates(flags, ShortY, SameY, ref position);
        return [.. ends.Select((end, i) => Flatten([.. Enumerable.Range(i == 0 ? 0 : ends[i - 1] + 1, end - (i == 0 ? -1 : ends[i - 1])).Select(p => (xs[p], ys[p], (flags[p] & OnCurve) != 0))]))];
    }

    private double[] Coordinates(List<byte> flags, int isShort, int isSame, ref int position)
    {
        var values = new double[flags.Count];
        var value = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if ((flags[i] & isShort) != 0)
            {
                value += (flags[i] & isSame) != 0 ? _data[position] : -_data[position];
                position++;
            }
            else if ((flags[i] & isSame) == 0)
            {
                value += S16(position);
                position += 2;
            }

            values[i] = value;
        }

        return values;
    }

    /// <summary>Lines along quadratic curves; between two points off the curve lies one on it.</summary>
    private static List<(double X, double Y)> Flatten(IReadOnlyList<(double X, double Y, bool IsOn)> points)
    {
        const int Parts = 6;
        var start = points.ToList().FindIndex(p => p.IsOn);
        var first = start < 0 ? Middle(points[^1], points[0]) : points[start];
        var line = new List<(double X, double Y)> { (first.X, first.Y) };
        var from = first;
        (double X, double Y, bool IsOn)? control = null;
        foreach (var point in points.Skip(start + 1).Concat(points.Take(Math.Max(0, start))).Append(first))
        {
            if (control is not { } bend)
            {
                control = point.IsOn ? null : point;
                from = point.IsOn ? Add(point) : from;
                continue;
            }

            var to = point.IsOn ? point : Middle(bend, point);
            for (var i = 1; i <= Parts; i++)
            {
                var t = (double)i / Parts;
                line.Add((Bezier(from.X, bend.X, to.X, t), Bezier(from.Y, bend.Y, to.Y, t)));
            }

            from = to;
            control = point.IsOn ? null : point;
        }

        return line;

        (double X, double Y, bool IsOn) Add((double X, double Y, bool IsOn) point)
        {
            line.Add((point.X, point.Y));
            return point;
        }

        static (double X, double Y, bool IsOn) Middle((double X, double Y, bool IsOn) a, (double X, double Y, bool IsOn) b) => ((a.X + b.X) / 2, (a.Y + b.Y) / 2, true);

        static double Bezier(double a, double b, double c, double t) => ((1 - t) * (1 - t) * a) + (2 * t * (1 - t) * b) + (t * t * c);
    }

    /// <summary>Glyphs made of others, as letters with accents are: moved, and where the font says so scaled.</summary>
    private IEnumerable<List<(double X, double Y)>> Composite(int at)
    {
        const int Words = 1, Scale = 8, More = 32, TwoScales = 64, Matrix = 128;
        var position = at + 10;
        int flags;
        do
        {
            flags = U16(position);
            var glyph = U16(position + 2);
            var isWords = (flags & Words) != 0;
            var (dx, dy) = isWords ? (S16(position + 4), S16(position + 6)) : ((sbyte)_data[position + 4], (sbyte)_data[position + 5]);
            position += isWords ? 8 : 6;
            var (a, b, c, d) = (1.0, 0.0, 0.0, 1.0);
            if ((flags & Scale) != 0)
            {
                (a, d) = (Fraction(position), Fraction(position));
                position += 2;
            }
            else if ((flags & TwoScales) != 0)
            {
                (a, d) = (Fraction(position), Fraction(position + 2));
                position += 4;
            }
            else if ((flags & Matrix) != 0)
            {
                (a, b, c, d) = (Fraction(position), Fraction(position + 2), Fraction(position + 4), Fraction(position + 6));
                position += 8;
            }

            foreach (var contour in ContoursOf(glyph))
            {
                yield return [.. contour.Select(p => ((a * p.X) + (c * p.Y) + dx, (b * p.X) + (d * p.Y) + dy))];
            }
        }
        while ((flags & More) != 0);
    }

    private double Fraction(int at) => S16(at) / 16384.0;

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_data.AsSpan(at));

    private short S16(int at) => BinaryPrimitives.ReadInt16BigEndian(_data.AsSpan(at));
}
