using System.Globalization;

namespace Coos.Shared.Datasets.Pictures;

/// <summary>
/// Draws the pictures of a data page: for each split and class a strip of images side by side, the first channel in grey
/// (<c>SPLIT-CLASS-protein.png</c>) and both channels in colour (<c>SPLIT-CLASS-composite.png</c>).
/// </summary>
public static class Gallery
{
    /// <summary>The number of images in a strip.</summary>
    public const int ImagesPerStrip = 3;

    /// <summary>The file name of a strip.</summary>
    /// <param name="split">The split.</param>
    /// <param name="classIndex">The class.</param>
    /// <param name="composite">Both channels in colour instead of the first in grey.</param>
    public static string FileName(string split, int classIndex, bool composite) =>
        string.Create(CultureInfo.InvariantCulture, $"{split}-{classIndex}-{(composite ? "composite" : "protein")}.png");

    /// <summary>Writes the strips of a labelled set, made of the first images of each class.</summary>
    /// <param name="set">The set.</param>
    /// <param name="split">The split's name.</param>
    /// <param name="folder">Receives the pictures; must exist.</param>
    /// <returns>The number of pictures.</returns>
    /// <exception cref="DatasetException">The set has no labels or is damaged, or a picture cannot be written.</exception>
    public static int Write(ImageSet set, string split, string folder)
    {
        ArgumentNullException.ThrowIfNull(set);
        var labels =
            set.ReadLabels()
            ?? throw new DatasetException(set.Source, ImageSet.LabelVector, null, "there are no labels; a gallery needs them");
        var pictures = 0;
        foreach (var label in labels.Distinct().Order())
        {
            var images = labels.Index().Where(l => l.Item == label).Take(ImagesPerStrip).Select(l => set.Read(l.Index, 1)).ToArray();
            AtomicFile.Write(Path.Combine(folder, FileName(split, label, composite: false)), DrawStrip(images, composite: false));
            pictures++;
            if (set.Shape.Channels > 1)
            {
                AtomicFile.Write(Path.Combine(folder, FileName(split, label, composite: true)), DrawStrip(images, composite: true));
                pictures++;
            }
        }

        return pictures;
    }

    /// <summary>Draws images side by side as a PNG.</summary>
    /// <param name="images">Blocks of one image each, all of one shape.</param>
    /// <param name="composite">Both channels in colour: the first green, the second blue.</param>
    public static byte[] DrawStrip(IReadOnlyList<ImageBlock> images, bool composite)
    {
        ArgumentNullException.ThrowIfNull(images);
        var (height, width) = (images[0].Shape.Height, images[0].Shape.Width);
        var bytesPerPixel = composite ? 3 : 1;
        var pixels = new byte[images.Count * height * width * bytesPerPixel];
        for (var i = 0; i < images.Count; i++)
        {
            var first = ContrastStretch.ToBytes(images[i].Channel(0, 0));
            var drawn = composite ? Tile.Mix([first, ContrastStretch.ToBytes(images[i].Channel(0, 1))]) : first;
            var row = width * bytesPerPixel;
            for (var y = 0; y < height; y++)
            {
                drawn.AsSpan(y * row, row).CopyTo(pixels.AsSpan(((y * images.Count) + i) * row));
            }
        }

        return PngEncoder.Encode(pixels, images.Count * width, height, composite);
    }
}
