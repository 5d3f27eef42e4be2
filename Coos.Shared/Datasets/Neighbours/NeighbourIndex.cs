namespace Coos.Shared.Datasets.Neighbours;

/// <summary>The nearest training images of each image of a split. Positions are canonical.</summary>
public sealed class NeighbourIndex
{
    private readonly int[] _images;
    private readonly float[] _distances;

    /// <summary>Creates an index.</summary>
    /// <param name="header">What it was computed from.</param>
    /// <param name="images">The positions of the nearest training images, image by image, the nearest first.</param>
    /// <param name="distances">Their distances, at least 0.</param>
    public NeighbourIndex(NeighbourHeader header, int[] images, float[] distances)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(distances);
        ArgumentOutOfRangeException.ThrowIfNotEqual(images.Length, header.Images.Count * header.Neighbours);
        ArgumentOutOfRangeException.ThrowIfNotEqual(distances.Length, images.Length);
        Header = header;
        _images = images;
        _distances = distances;
    }

    /// <summary>The folder of index files beside the images.</summary>
    public const string FolderName = "nearest";

    /// <summary>What it was computed from.</summary>
    public NeighbourHeader Header { get; }

    /// <summary>The file of a split's index.</summary>
    /// <param name="folder">The folder of the dataset.</param>
    /// <param name="split">The split.</param>
    public static string PathOf(string folder, string split) => Path.Combine(folder, FolderName, split + ".csv.gz");

    /// <summary>The nearest training images of an image, the nearest first.</summary>
    /// <param name="position">The canonical position of the image.</param>
    public IReadOnlyList<(int Image, float Distance)> Find(int position)
    {
        var first = position * Header.Neighbours;
        return [.. Enumerable.Range(first, Header.Neighbours).Select(i => (_images[i], _distances[i]))];
    }
}
