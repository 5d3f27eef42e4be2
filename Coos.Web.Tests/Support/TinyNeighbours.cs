using System.Text;
using Coos.Server.Images;
using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Neighbours;

namespace Coos.Web.Tests.Support;

/// <summary>The index of the nearest training images of test1 of the tiny benchmark: of image a-0 they are t-2 and t-0.</summary>
internal static class TinyNeighbours
{
    /// <summary>The index file.</summary>
    public static string FileOf(TestServer server) => NeighbourIndex.PathOf(Path.Combine(server.Tiny, "images"), "test1");

    /// <summary>Writes the training images and the index, beside the images of test1.</summary>
    public static void WriteTo(TestServer server)
    {
        TinyImages.WriteTrainingTo(server);
        using var set = ImageSet.Open(TinyImages.FolderOf(server, "test1"));
        using var trainingSet = ImageSet.Open(TinyImages.FolderOf(server, "train"));
        var (images, training) = (SplitImages.Index(set), SplitImages.Index(trainingSet));
        var header = new NeighbourHeader
        {
            Version = NeighbourHeader.CurrentVersion,
            Features = "texture",
            FeatureCount = 69,
            Neighbours = 2,
            Split = "test1",
            Images = ImageFingerprint.Compute(images.Ids, images.Read),
            Training = ImageFingerprint.Compute(training.Ids, training.Read),
        };
        var index = new NeighbourIndex(header, [2, 0, .. Enumerable.Repeat(1, 10)], [0.5f, 1.25f, .. Enumerable.Repeat(3f, 10)]);
        Write(server, NeighbourFile.Write(index, images.Ids, training.Ids));
    }

    /// <summary>Writes the text of an index file.</summary>
    public static void Write(TestServer server, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(server))!);
        File.WriteAllBytes(FileOf(server), Packed.GZip(Encoding.UTF8.GetBytes(text)));
    }
}
