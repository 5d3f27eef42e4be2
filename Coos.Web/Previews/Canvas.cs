namespace Coos.Web.Previews;

/// <summary>
/// A picture that polygons are filled on, with smooth edges: each pixel's coverage is summed up from the signed areas that
/// edges cut off, exactly and in one pass.
/// </summary>
internal sealed class Canvas
{
    private readonly byte[] _pixels;

    /// <summary>An empty picture.</summary>
    public Canvas(int width, int height, Ink background)
    {
        (Width, Height) = (width, height);
        _pixels = new byte[3 * width * height];
        for (var i = 0; i < _pixels.Length; i += 3)
        {
            (_pixels[i], _pixels[i + 1], _pixels[i + 2]) = (background.Red, background.Green, background.Blue);
        }
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Red, green and blue of each pixel, row by row.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Fills closed polygons. Those that overlap are filled once; one that turns the other way round is a hole.</summary>
    /// <param name="polygons">In pixels.</param>
    /// <param name="ink">The colour.</param>
    /// <param name="opacity">0..1.</param>
    public void Fill(IEnumerable<IReadOnlyList<(double X, double Y)>> polygons, Ink ink, double opacity = 1)
    {
        var all = polygons.Where(p => p.Count > 2).ToList();
        if (all.Count == 0)
        {
            return;
        }

        var left = Math.Clamp((int)Math.Floor(all.Min(p => p.Min(q => q.X))), 0, Width);
        var right = Math.Clamp((int)Math.Ceiling(all.Max(p => p.Max(q => q.X))), 0, Width);
        var top = Math.Clamp((int)Math.Floor(all.Min(p => p.Min(q => q.Y))), 0, Height);
        var bottom = Math.Clamp((int)Math.Ceiling(all.Max(p => p.Max(q => q.Y))), 0, Height);
        if (left >= right || top >= bottom)
        {
            return;
        }

        // Two more columns: an edge at the right border leaves its area in the next.
        var area = new Area(new float[(right - left + 2) * (bottom - top)], right - left + 2, bottom - top);
        foreach (var polygon in all)
        {
            for (var i = 0; i < polygon.Count; i++)
            {
                var (a, b) = (polygon[i], polygon[(i + 1) % polygon.Count]);
                area.Add(a.X - left, a.Y - top, b.X - left, b.Y - top);
            }
        }

        Blend(area, left, top, ink, opacity);
    }

    /// <summary>Fills a text's letters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="font">Its font.</param>
    /// <param name="size">Pixels an em.</param>
    /// <param name="at">Where its base line begins; ends where it is right aligned, is halved where it is centred.</param>
    /// <param name="ink">The colour.</param>
    /// <param name="align">0 from the left, 0.5 centred, 1 to the right.</param>
    public void Write(string text, OutlineFont font, double size, (double X, double Y) at, Ink ink, double align = 0) =>
        Fill(font.Outline(text, at.X - (align * font.WidthOf(text, size)), at.Y, size), ink);

    private void Blend(Area area, int left, int top, Ink ink, double opacity)
    {
        for (var y = 0; y < area.Height; y++)
        {
            var sum = 0f;
            for (var x = 0; x < area.Width && left + x < Width; x++)
            {
                sum += area.Values[(y * area.Width) + x];
                var part = Math.Min(1, Math.Abs(sum)) * opacity;
                if (part > 0.001)
                {
                    var at = 3 * (((top + y) * Width) + left + x);
                    _pixels[at] = Mix(_pixels[at], ink.Red, part);
                    _pixels[at + 1] = Mix(_pixels[at + 1], ink.Green, part);
                    _pixels[at + 2] = Mix(_pixels[at + 2], ink.Blue, part);
                }
            }
        }
    }

    private static byte Mix(byte below, byte above, double part) => (byte)Math.Round(below + (part * (above - below)));

    /// <summary>What edges change in the coverage from each pixel to its right neighbour.</summary>
    private readonly record struct Area(float[] Values, int Width, int Height)
    {
        /// <summary>Adds an edge. What lies left of the picture counts as at its border, what lies right of it not at all.</summary>
        public void Add(double x0, double y0, double x1, double y1)
        {
            var sign = y0 < y1 ? 1 : -1;
            var (topX, topY, bottomX, bottomY) = y0 < y1 ? (x0, y0, x1, y1) : (x1, y1, x0, y0);
            if (bottomY - topY < 1e-9)
            {
                return;
            }

            var slope = (bottomX - topX) / (bottomY - topY);
            for (var y = Math.Max(0, (int)Math.Floor(topY)); y < Height && y < bottomY; y++)
            {
                var (from, to) = (Math.Max(y, topY), Math.Min(y + 1, bottomY));
                var (a, b) = (topX + (slope * (from - topY)), topX + (slope * (to - topY)));
                AddSpan(y, Clamp(Math.Min(a, b)), Clamp(Math.Max(a, b)), sign * (to - from));
            }
        }

        private double Clamp(double x) => Math.Clamp(x, 0, Width - 1.001);

        /// <summary>Spreads an edge's height in one row over the pixels that it crosses.</summary>
        private void AddSpan(int y, double low, double high, double height)
        {
            var (row, first, last) = (y * Width, (int)low, (int)high);
            if (first == last)
            {
                var middle = ((low + high) / 2) - first;
                Values[row + first] += (float)(height * (1 - middle));
                Values[row + first + 1] += (float)(height * middle);
                return;
            }

            for (var x = first; x <= last; x++)
            {
                var (from, to) = (Math.Max(x, low), Math.Min(x + 1, high));
                var part = height * (to - from) / (high - low);
                var middle = ((from + to) / 2) - x;
                Values[row + x] += (float)(part * (1 - middle));
                Values[row + x + 1] += (float)(part * middle);
            }
        }
    }
}

/// <summary>A colour.</summary>
internal readonly record struct Ink(byte Red, byte Green, byte Blue)
{
    /// <summary>Reads <c>#rrggbb</c>.</summary>
    public static Ink Of(string hex)
    {
        var number = Convert.ToInt32(hex[1..], 16);
        return new Ink((byte)(number >> 16), (byte)(number >> 8), (byte)number);
    }
}
