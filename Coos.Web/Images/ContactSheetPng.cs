using Coos.Web.Plates;
using Coos.Web.Previews;
using SkiaSharp;

namespace Coos.Web.Images;

/// <summary>
/// Draws contact sheets as PNG, with two pixels per unit. A sheet takes 30 MB while it is drawn, so few are drawn at once.
/// </summary>
internal sealed class ContactSheetPng(PreviewPainter painter) : IDisposable
{
    private const int Scale = 2;
    private const int AtOnce = 2;

    private static readonly SKColor Text = SKColor.Parse(HeatColours.Text);
    private static readonly SKColor Muted = SKColor.Parse(HeatColours.Muted);
    private static readonly SKColor Broken = SKColor.Parse("#3a3f47");

    private readonly SemaphoreSlim _places = new(AtOnce);

    /// <summary>Draws a contact sheet.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <returns>The file; null if the drawing library does not run on this system.</returns>
    public async Task<byte[]?> DrawAsync(ContactSheet sheet, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            return painter.Draw(() => Draw(sheet));
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();

    private static byte[] Draw(ContactSheet sheet)
    {
        var (width, height) = ((int)Math.Ceiling(Scale * sheet.Width), (int)Math.Ceiling(Scale * sheet.Height));
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColor.Parse(HeatColours.Background));
        canvas.Scale(Scale);
        using var title = PreviewText.CreateBold(ContactSheet.TitleSize);
        using var lines = PreviewText.CreateRegular(ContactSheet.LineSize);
        title.Write(canvas, PreviewText.Writable(sheet.Title), ContactSheet.Margin, (float)ContactSheet.TitleAt, Text);
        foreach (var (i, line) in sheet.Lines.Index())
        {
            lines.Write(canvas, PreviewText.Writable(line), ContactSheet.Margin, (float)ContactSheet.LineAt(i), Text);
        }

        DrawTiles(canvas, sheet.Tiles);
        DrawScale(canvas, sheet, lines);
        using var pixels = bitmap.PeekPixels();
        using var png =
            pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, zLibLevel: 4))
            ?? throw new InvalidOperationException("The image could not be encoded as PNG.");
        return png.ToArray();
    }

    private static void DrawTiles(SKCanvas canvas, IReadOnlyList<SheetTile> tiles)
    {
        using var bold = PreviewText.CreateBold(ContactSheet.TextSize);
        using var regular = PreviewText.CreateRegular(ContactSheet.TextSize);
        using var black = new SKPaint { Color = SKColors.Black };
        using var broken = new SKPaint { Color = Broken };
        foreach (var tile in tiles)
        {
            var (left, top) = ((float)tile.Left, (float)tile.Top);
            canvas.DrawRect(left, top, ContactSheet.TileSide, ContactSheet.TileSide, tile.Png is null ? broken : black);
            if (tile.Png is { } png)
            {
                using var picture = SKImage.FromEncodedData(png);
                var place = SKRect.Create((float)tile.PictureLeft, (float)tile.PictureTop, (float)tile.Width, (float)tile.Height);
                canvas.DrawImage(picture, place, new SKSamplingOptions(SKFilterMode.Nearest));
            }
            else
            {
                regular.Write(canvas, PreviewText.Writable(tile.Problem!), left + 8, top + (ContactSheet.TileSide / 2f), SKColors.White);
            }

            foreach (var (i, line) in tile.Texts.Index())
            {
                var text = i == 0 ? bold : regular;
                text.Write(canvas, PreviewText.Writable(line), left, (float)ContactSheet.TextAt(tile, i), i == 0 ? Text : Muted);
            }
        }
    }

    private static void DrawScale(SKCanvas canvas, ContactSheet sheet, PreviewText text)
    {
        using var bold = PreviewText.CreateBold(ContactSheet.LineSize);
        var top = (float)sheet.ScaleTop;
        var bottom = top + ContactSheet.BarHeight + 17;
        foreach (var channel in sheet.Channels)
        {
            var left = (float)channel.Left;
            bold.Write(canvas, PreviewText.Writable(channel.Name), left, top - 7, Text);
            DrawRamp(canvas, left, top, SKColor.Parse(channel.Colour));
            text.Write(canvas, channel.Low, left, bottom, Text);
            text.Write(canvas, channel.High, left + ContactSheet.BarWidth, bottom, Text, SKTextAlign.Right);
        }

        foreach (var (i, line) in sheet.ScaleNote.Index())
        {
            text.Write(canvas, line, (float)sheet.ScaleNoteLeft, (float)sheet.ScaleNoteAt(i), Muted);
        }
    }

    /// <summary>Draws the colours from black, a column of the bar at a time.</summary>
    private static void DrawRamp(SKCanvas canvas, float left, float top, SKColor full)
    {
        for (var x = 0; x < ContactSheet.BarWidth; x++)
        {
            var part = (x + 0.5) / ContactSheet.BarWidth;
            using var paint = new SKPaint { Color = new SKColor(Scaled(full.Red), Scaled(full.Green), Scaled(full.Blue)) };
            canvas.DrawRect(left + x, top, 1, ContactSheet.BarHeight, paint);

            byte Scaled(byte value) => (byte)Math.Round(part * value);
        }
    }
}
