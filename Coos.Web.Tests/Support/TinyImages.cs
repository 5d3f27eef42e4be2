using Coos.Shared.Datasets.Tiff;
using PureHDF;

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

    /// <summary>Writes the images of test2.</summary>
    public static void WriteTest2To(TestServer server) => Write(FolderOf(server, "test2"), "b", 6, "000112");

    /// <summary>Writes three training images, which the tiny benchmark has no labels of.</summary>
    /// <param name="server">The server.</param>
    public static void WriteTrainingTo(TestServer server) => Write(FolderOf(server, "train"), "t", 3, "012");

    /// <summary>The folder of the images of a split.</summary>
    public static string FolderOf(TestServer server, string folder) => Path.Combine(server.Tiny, "images", folder);

    /// <summary>Writes the images of test1 as an HDF5 file, and labels of the same images, before the server starts.</summary>
    /// <param name="server">The server.</param>
    /// <param name="classOf">The class of an image.</param>
    /// <param name="shape">The number of images, channels, rows and columns.</param>
    public static void WriteHdf5(TestServer server, Func<int, int> classOf, params ulong[] shape)
    {
        var folder = Directory.CreateDirectory(Path.Combine(server.Tiny, "images")).FullName;
        var perImage = (int)(shape[1] * shape[2] * shape[3]);
        ushort[] samples =
        [
            .. Enumerable.Range(0, (int)shape[0] * perImage).Select(i => (ushort)(100 + (40 * (i / perImage % 50)) + (i % perImage))),
        ];
        new H5File { ["data"] = new H5Dataset(samples, fileDims: shape) }.Write(Path.Combine(folder, "tiny_test1.hdf5"));
        File.WriteAllText(
            Path.Combine(server.Tiny, "labels", "test1.csv"),
            "image_id,label\n" + string.Concat(Enumerable.Range(0, (int)shape[0]).Select(i => $"{i},{classOf(i)}\n"))
        );
    }

    /// <summary>Replaces the file of a channel of an image by one of another size.</summary>
    public static void WriteOtherSize(TestServer server, int image, string channel) =>
        File.WriteAllBytes(FileOf(server, image, channel), TiffEncoder.Encode(new ushort[(Side + 1) * Side], Side + 1, Side));

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
