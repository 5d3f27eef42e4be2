using PureHDF;

namespace Coos.Cli.Tests.Support;

/// <summary>Writes small image files in COOS-7's layout, optionally with changed samples.</summary>
internal static class NoiseImages
{
    public const int Side = 24;

    /// <summary>Writes FOLDER/X_SPLIT.hdf5 with images of noise whose coarseness depends on their class.</summary>
    public static void Write(
        string folder,
        string split,
        int count,
        int classes = 3,
        int channels = 2,
        int side = Side,
        Func<int, int, float, float>? change = null
    )
    {
        Directory.CreateDirectory(folder);
        var random = new Random(split.Length + count);
        var data = new float[count * channels * side * side];
        var labels = Enumerable.Range(0, count).Select(i => (long)(i % classes)).ToArray();
        for (var i = 0; i < data.Length; i++)
        {
            var image = i / (channels * side * side);
            var isCopy = i % side >= 1 && random.Next(4) < labels[image];
            var sample = isCopy ? data[i - 1] : random.Next(1000);
            data[i] = change?.Invoke(image, i, sample) ?? sample;
        }

        ulong[] shape = [(ulong)count, (ulong)channels, (ulong)side, (ulong)side];
        var file = new H5File { ["data"] = new H5Dataset(data, fileDims: shape), ["labels"] = labels };
        file.Write(Path.Combine(folder, $"X_{split}.hdf5"));
    }

    /// <summary>Writes 60 training and 12 test images.</summary>
    public static string WriteSplits(string folder)
    {
        Write(folder, "training", 60);
        Write(folder, "test1", 12);
        return folder;
    }
}
