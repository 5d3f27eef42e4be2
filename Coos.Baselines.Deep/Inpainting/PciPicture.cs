using Coos.Shared.Datasets.Pictures;
using TorchSharp;

namespace Coos.Baselines.Deep.Inpainting;

/// <summary>
/// Draws inpainted cells, with one column per pair and five rows: the first and second channel of the source, the second channel of
/// the target, and the first channel of the target, predicted and actual.
/// </summary>
internal static class PciPicture
{
    private const int MaxPairs = 8;
    private const int Rows = 5;
    private const int Gap = 2;
    private const byte Background = 255;

    /// <summary>Draws the picture as PNG.</summary>
    /// <param name="network">The network, in evaluation mode.</param>
    /// <param name="source">The source cells, N x 2 x H x W, 0 .. 1.</param>
    /// <param name="target">The target cells, N x 2 x H x W, 0 .. 1.</param>
    public static byte[] Draw(PciNetwork network, torch.Tensor source, torch.Tensor target)
    {
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var pairs = (int)Math.Min(MaxPairs, source.shape[0]);
        (source, target) = (source[..pairs], target[..pairs]);
        var painted = network.forward(source, target[.., 1..2]);
        var (height, width) = ((int)source.shape[2], (int)source.shape[3]);
        var values = torch.cat([source, target[.., 1..2], painted, target[.., 0..1]], 1).cpu().contiguous().data<float>().ToArray();
        var pictureWidth = (pairs * (width + Gap)) - Gap;
        var pixels = new byte[pictureWidth * ((Rows * (height + Gap)) - Gap)];
        pixels.AsSpan().Fill(Background);
        for (var i = 0; i < values.Length; i++)
        {
            var (x, y, row, pair) = (i % width, i / width % height, i / width / height % Rows, i / width / height / Rows);
            var pixel = (((row * (height + Gap)) + y) * pictureWidth) + (pair * (width + Gap)) + x;
            pixels[pixel] = (byte)Math.Clamp((255 * values[i]) + 0.5f, 0, 255);
        }

        return PngEncoder.Encode(pixels, pictureWidth, pixels.Length / pictureWidth, colour: false);
    }
}
