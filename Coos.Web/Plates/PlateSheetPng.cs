using Coos.Web.Components;
using Coos.Web.Previews;
using SkiaSharp;

namespace Coos.Web.Plates;

/// <summary>Draws a figure file as PNG, with two pixels per unit.</summary>
internal static class PlateSheetPng
{
    private const int Scale = 2;

    private static readonly SKColor Text = SKColor.Parse(HeatColours.Text);
    private static readonly SKColor Muted = SKColor.Parse(HeatColours.Muted);
    private static readonly SKColor Line = SKColor.Parse(HeatColours.Line);
    private static readonly SKColor[] Steps = [.. HeatColours.Steps.Select(SKColor.Parse)];

    /// <summary>Draws a figure file.</summary>
    public static byte[] Draw(PlateSheet sheet)
    {
        var (width, height) = ((int)Math.Ceiling(Scale * sheet.Width), (int)Math.Ceiling(Scale * sheet.Height));
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColor.Parse(HeatColours.Background));
        canvas.Scale(Scale);
        DrawTexts(canvas, sheet);
        DrawScale(canvas, sheet);
        canvas.Translate(PlateSheet.Margin, (float)sheet.PlateTop);
        DrawPlate(canvas, sheet.Figure);
        using var pixels = bitmap.PeekPixels();
        using var png =
            pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.None, zLibLevel: 6))
            ?? throw new InvalidOperationException("The image could not be encoded as PNG.");
        return png.ToArray();
    }

    private static void DrawTexts(SKCanvas canvas, PlateSheet sheet)
    {
        using var title = PreviewText.CreateBold(PlateSheet.TitleSize);
        using var lines = PreviewText.CreateRegular(PlateSheet.LineSize);
        var width = (float)sheet.Width - (2 * PlateSheet.Margin);
        title.Write(canvas, title.Fit(sheet.Title, width), PlateSheet.Margin, PlateSheet.Margin + PlateSheet.TitleSize - 4, Text);
        for (var i = 0; i < sheet.Lines.Count; i++)
        {
            lines.Write(canvas, lines.Fit(sheet.Lines[i], width), PlateSheet.Margin, (float)PlateSheet.LineAt(i), Text);
        }
    }

    private static void DrawScale(SKCanvas canvas, PlateSheet sheet)
    {
        for (var step = 0; step <= Heat.Steps; step++)
        {
            using var paint = CreateFill(step);
            canvas.DrawRect(
                PlateSheet.Margin + (step * PlateSheet.StepWidth),
                (float)sheet.ScaleTop,
                PlateSheet.StepWidth,
                PlateSheet.StepHeight,
                paint
            );
        }

        using var labels = PreviewText.CreateRegular(12);
        foreach (var (x, text) in sheet.Scale)
        {
            labels.Write(canvas, text, PlateSheet.Margin + (float)x, (float)sheet.ScaleTop + PlateSheet.StepHeight + 15, Text);
        }
    }

    private static void DrawPlate(SKCanvas canvas, PlateFigure figure)
    {
        using var text = PreviewText.CreateRegular((float)figure.TextSize);
        foreach (var label in figure.Texts)
        {
            var align = label.Anchor == "end" ? SKTextAlign.Right : SKTextAlign.Center;
            text.Write(canvas, label.Text, (float)label.X, (float)label.Y, Muted, align);
        }

        var middle = 0.36f * (float)figure.TextSize;
        foreach (var well in figure.Wells)
        {
            DrawWell(canvas, well, text, middle);
        }

        foreach (var mean in figure.Means)
        {
            DrawMean(canvas, mean, text, middle);
        }
    }

    private static void DrawMean(SKCanvas canvas, DrawnMean mean, PreviewText text, float middle)
    {
        var (x, y, side) = ((float)mean.X, (float)mean.Y, (float)mean.Side);
        using var paint = CreateFill(mean.Step);
        canvas.DrawRoundRect(x, y, side, side, 2, 2, paint);
        text.Write(canvas, mean.Text, x + (side / 2), y + (side / 2) + middle, Text, SKTextAlign.Center);
    }

    private static SKPaint CreateFill(int step) => new() { Color = Steps[step], IsAntialias = true };

    private static void DrawWell(SKCanvas canvas, DrawnWell well, PreviewText text, float middle)
    {
        var (x, y, radius) = ((float)well.X, (float)well.Y, (float)well.Radius);
        if (well.Step is { } step)
        {
            using var paint = CreateFill(step);
            canvas.DrawCircle(x, y, radius, paint);
            text.Write(canvas, well.Text, x, y + middle, Text, SKTextAlign.Center);
        }

        using var border = new SKPaint
        {
            Color = Line,
            IsStroke = true,
            StrokeWidth = 0.8f,
            IsAntialias = true,
        };
        canvas.DrawCircle(x, y, radius, border);
    }
}
