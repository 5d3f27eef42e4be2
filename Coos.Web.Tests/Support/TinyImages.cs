using Coos.Shared.Datasets.Tiff;

namespace Coos.Web.Tests.Support;

/// <summary>The images of the tiny benchmark: two channels of 8 by 8 pixels, brighter from image to image.</summary>
internal static class TinyImages
{
    private const int Side = 8;

    /// <summary>Writes the images of test1 as TIFF files into the benchmark's folder.</summary>
    /// <param name="server">The server, which is not started yet.</param>
    /// <param name="count">The number of images; six belong to the labels.</param>
    /// <param name="labels">The label of each image, by which the files are in folders.</param>
    public static void WriteTo(TestServer server, int count = 6, string labels = "001122") =>
        Write(FolderOf(server, "test1"), "a", count, labels);

    /// <summary>Writes three training images, which the tiny benchmark has no labels of.</summary>
    /// <param name="server">The server.</param>
    public static void WriteTrainingTo(TestServer server) => Write(FolderOf(server, "train"), "t", 3, "012");

    /// <summary>The folder of the images of a split.</summary>
    public static string FolderOf(TestServer server, string folder) => Path.Combine(server.Tiny, "images", folder);

    /// <summary>The file of a channel of an image.</summary>
    public static string FileOf(TestServer server, int image, string channel) =>
        Directory.EnumerateFiles(Path.Combine(server.Tiny, "images"), $"a-{image}_{channel}.tif", SearchOption.AllDirectories).Single();

    private static void Write(string split, string prefix, int count, string labels)
    {
        for (var i = 0; i < count; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(split, labels[i % labels.Length].ToString())).FullName;
            Write(Path.Combine(folder, $"{prefix}-{i}_protein.tif"), i, 1);
            Write(Path.Combine(folder, $"{prefix}-{i}_nucleus.tif"), i, 2);
        }
    }

    private static void Write(string path, int image, int channel)
    {
        var samples = new ushort[Side * Side];
        for (var p = 0; p < samples.Length; p++)
        {
            samples[p] = (ushort)((100 * channel) + (40 * image) + p);
        }

        File.WriteAllBytes(path, TiffEncoder.Encode(samples, Side, Side));
    }
}
