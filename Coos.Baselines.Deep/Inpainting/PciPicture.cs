using Coos.Shared.Datasets.Pictures;
using TorchSharp;

namespace Coos.Baselines.Deep.Inpainting;

/// <summary>
/// A picture of inpainted cells, a column a pair, five rows: the source's first and second channel, the target's second
/// channel, the target's first channel as the network paints it, and as it is.
/// </summary>
internal static class PciPicture
{
    private const int MostPairs = 8;
    private const int Rows = 5;
    private const int Gap = 2;
    private const byte Background = 255;

    /// <summary>Draws it as PNG.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="source">N x 2 x H x W, 0 .. 1.</param>
    /// <param name="target">N x 2 x H x W, 0 .. 1.</param>
    public static byte[] Draw(PciNetwork network, torch.Tensor source, torch.Tensor target)
    {
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var pairs = (int)Math.Min(MostPairs, source.shape[0]);
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
            pixels[(((row * (height + Gap)) + y) * pictureWidth) + (pair * (width + Gap)) + x] = (byte)Math.Clamp((255 * values[i]) + 0.5f, 0, 255);
        }

        return PngEncoder.Encode(pixels, pictureWidth, pixels.Length / pictureWidth, colour: false);
    }
}
