namespace Coos.Shared.Datasets.Pictures;

/// <summary>Draws one image as a PNG: a channel in grey, or up to three channels in colour.</summary>
public static class Tile
{
    /// <summary>The maximum number of channels in colour: green, blue, red.</summary>
    public const int MaximumChannels = 3;

    /// <summary>The maximum width and height, in pixels.</summary>
    public const int MaximumSize = 1024;

    /// <summary>The minimum width and height, in pixels.</summary>
    public const int MinimumSize = 16;

    /// <summary>Draws an image.</summary>
    /// <param name="image">The image: the first of a block.</param>
    /// <param name="channels">The channels: one is drawn in grey, two as green and blue, three as green, blue and red.</param>
    /// <param name="windows">The window of each channel of the image.</param>
    /// <param name="size">
    /// The longer side of the picture in pixels. Pixels are repeated if it is larger than the image, and averaged if it is smaller.
    /// </param>
    public static byte[] Draw(ImageBlock image, IReadOnlyList<int> channels, IReadOnlyList<IntensityWindow> windows, int size)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentOutOfRangeException.ThrowIfZero(channels.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels.Count, MaximumChannels);
        var (height, width) = (image.Shape.Height, image.Shape.Width);
        var scale = (double)size / Math.Max(height, width);
        var target = (Height: Math.Max(1, (int)Math.Round(height * scale)), Width: Math.Max(1, (int)Math.Round(width * scale)));
        var drawn = new byte[channels.Count][];
        for (var i = 0; i < drawn.Length; i++)
        {
            var brightness = new byte[height * width];
            windows[channels[i]].Map(image.Channel(0, channels[i]), brightness);
            drawn[i] = Resize(brightness, height, width, target.Height, target.Width);
        }

        return channels.Count == 1
            ? PngEncoder.Encode(drawn[0], target.Width, target.Height, colour: false)
            : PngEncoder.Encode(Mix(drawn), target.Width, target.Height, colour: true);
    }

    /// <summary>Mixes channels of brightness: green, a blue that is light enough to be seen on black, and red.</summary>
    /// <param name="channels">Two or three channels of the same length.</param>
    /// <returns>Red, green and blue of each pixel.</returns>
    public static byte[] Mix(IReadOnlyList<byte[]> channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        var (green, blue) = (channels[0], channels[1]);
        var red = channels.Count > 2 ? channels[2] : null;
        var rgb = new byte[3 * green.Length];
        for (var i = 0; i < green.Length; i++)
        {
            var light = blue[i] * 2 / 5;
            rgb[3 * i] = (byte)Math.Min(byte.MaxValue, light + (red?[i] ?? 0));
            rgb[(3 * i) + 1] = (byte)Math.Min(byte.MaxValue, green[i] + light);
            rgb[(3 * i) + 2] = blue[i];
        }

        return rgb;
    }

    private static byte[] Resize(byte[] source, int height, int width, int targetHeight, int targetWidth)
    {
        if ((height, width) == (targetHeight, targetWidth))
        {
            return source;
        }

        var target = new byte[targetHeight * targetWidth];
        for (var y = 0; y < targetHeight; y++)
        {
            var (top, bottom) = Range(y, height, targetHeight);
            for (var x = 0; x < targetWidth; x++)
            {
                var (left, right) = Range(x, width, targetWidth);
                target[(y * targetWidth) + x] = Average(source, width, top, bottom, left, right);
            }
        }

        return target;
    }

    /// <summary>The source pixels of a target pixel: at least one.</summary>
    private static (int First, int End) Range(int target, int sources, int targets)
    {
        var first = (int)((long)target * sources / targets);
        return (first, Math.Max(first + 1, (int)((long)(target + 1) * sources / targets)));
    }

    private static byte Average(byte[] source, int width, int top, int bottom, int left, int right)
    {
        var sum = 0;
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                sum += source[(y * width) + x];
            }
        }

        var count = (bottom - top) * (right - left);
        return (byte)((sum + (count / 2)) / count);
    }
}
