using Coos.Shared.Datasets.Tiff;
using PureHDF;
using PureHDF.Filters;
using PureHDF.VOL.Native;

namespace Coos.Shared.Tests.Datasets;

/// <summary>Creates small datasets for tests.</summary>
internal static class DatasetBuilder
{
    public const int Side = 8;
    public const int SamplesPerImage = 2 * Side * Side;

    /// <summary>The sample at a position, as in make-layouts.py.</summary>
    public static int Sample(int image, int channel, int row, int column) => ((31 * image) + (17 * channel) + (5 * row) + column) % 100;

    public static T[] Images<T>(int count)
        where T : System.Numerics.INumber<T>
    {
        var images = new T[count * SamplesPerImage];
        for (var i = 0; i < images.Length; i++)
        {
            images[i] = T.CreateChecked(Sample(i / SamplesPerImage, i / (Side * Side) % 2, i / Side % Side, i % Side));
        }

        return images;
    }

    public static string WriteHdf5<T>(string path, T[] images, long[]? labels, params (string Name, object Values)[] vectors)
        where T : unmanaged
    {
        var count = (ulong)(images.Length / SamplesPerImage);
        uint[] chunks = [(uint)Math.Min(2, count), 2, Side, Side];
        var data = new H5Dataset(images, chunks, fileDims: [count, 2, Side, Side], datasetCreation: Compressed);
        return WriteFile(path, data, labels, vectors);
    }

    public static string WriteFile(string path, H5Dataset? data, long[]? labels, params (string Name, object Values)[] vectors)
    {
        var file = new H5File();
        if (data is not null)
        {
            file["data"] = data;
        }

        if (labels is not null)
        {
            file["labels"] = labels;
        }

        foreach (var (name, values) in vectors)
        {
            file[name] = values;
        }

        file.Write(path);
        return path;
    }

    /// <summary>Writes one TIFF file and creates its folder.</summary>
    public static string WriteTiff(string path, int side = Side, ushort value = 7)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var samples = new ushort[side * side];
        Array.Fill(samples, value);
        File.WriteAllBytes(path, TiffEncoder.Encode(samples, side, side));
        return path;
    }

    private static H5DatasetCreation Compressed => new(Filters: [ShuffleFilter.Id, DeflateFilter.Id]);
}
