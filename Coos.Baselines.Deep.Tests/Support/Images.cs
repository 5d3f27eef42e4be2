using Coos.Shared.Datasets;
using PureHDF;

namespace Coos.Baselines.Deep.Tests.Support;

/// <summary>A temporary folder of artificial image sets, deleted after the test.</summary>
internal sealed class Images : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("coos-deep-").FullName;

    /// <summary>Writes noisy images with a bright square whose position depends on the class.</summary>
    public ImageSet Make(int count = 20, int channels = 2, int side = 64, int classes = 2, int wells = 0, int seed = 1)
    {
        var random = new Random(seed);
        var data = new ushort[count, channels, side, side];
        var labels = Enumerable.Range(0, count).Select(i => (long)(i % classes)).ToArray();
        for (var i = 0; i < count; i++)
        {
            for (var c = 0; c < channels; c++)
            {
                for (var y = 0; y < side; y++)
                {
                    for (var x = 0; x < side; x++)
                    {
                        var isBright = c == 0 && y / 8 == 1 + labels[i] && x / 8 == 2;
                        data[i, c, y, x] = (ushort)(100 + random.Next(50) + (isBright ? 1000 : 0));
                    }
                }
            }
        }

        var file = new H5File { ["data"] = data, ["labels"] = labels };
        if (wells > 0)
        {
            file["wells"] = Enumerable.Range(0, count).Select(i => (long)((i % classes * wells) + (i / classes % wells))).ToArray();
            file["plates"] = Enumerable.Range(0, count).Select(i => (long)(i / classes % 2)).ToArray();
        }

        var path = Path.Combine(Root, $"made_{Directory.GetFiles(Root).Length}.hdf5");
        file.Write(path);
        return ImageSet.Open(path);
    }

    public string File(string name) => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
