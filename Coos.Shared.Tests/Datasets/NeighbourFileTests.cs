using System.IO.Compression;
using System.Text;
using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Neighbours;
using Coos.Shared.Labels;

namespace Coos.Shared.Tests.Datasets;

public sealed class NeighbourFileTests : IDisposable
{
    private const string Header =
        "# {\"version\":1,\"features\":\"x\",\"featureCount\":3,\"neighbours\":1,\"split\":\"test1\","
        + "\"images\":{\"count\":2,\"sha256\":\"a\"},\"training\":{\"count\":2,\"sha256\":\"b\"}}";

    private static readonly ImageIndex Ids = IndexOf("a,1", "b\"2");
    private static readonly ImageIndex Training = IndexOf("t0", "t1", "t/2");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_written_index_is_read_with_ids_of_any_characters()
    {
        var header = new NeighbourHeader
        {
            Version = 1,
            Features = "texture",
            FeatureCount = 69,
            Neighbours = 2,
            Split = "test1",
            Images = new ImageFingerprint(2, "a"),
            Training = new ImageFingerprint(3, "b"),
        };
        var path = Write(NeighbourFile.Write(new NeighbourIndex(header, [2, 0, 1, 2], [0, 1.256f, 0.5f, 12]), Ids, Training));

        var index = NeighbourFile.Read(path, Ids, Training);

        Assert.Equal(header, index.Header);
        Assert.Equal([(2, 0f), (0, 1.26f)], index.Find(0));
        Assert.Equal([(1, 0.5f), (2, 12f)], index.Find(1));
    }

    [Theory]
    [InlineData("a,1,2\n", 1, "this is not the first line of an index that this version reads")]
    [InlineData("# {\"version\":2}\n", 1, "this is not the first line of an index that this version reads")]
    [InlineData(Header + "\nimage_id,nearest_1\n", 2, "the columns are not image_id,nearest_1,distance_1,...")]
    [InlineData(Header + "\n", 2, "the columns are not image_id,nearest_1,distance_1,...")]
    [InlineData(Header + "\nimage_id,nearest_1,distance_1\n0,0\n", 3, "there are 2 fields instead of 3")]
    [InlineData(Header + "\nimage_id,nearest_1,distance_1\n0,0,1\n0,0,1\n", 4, "image \"0\" has two lines")]
    [InlineData(Header + "\nimage_id,nearest_1,distance_1\n0,0,1\n7,0,1\n", 4, "image \"7\" is not in the dataset")]
    [InlineData(Header + "\nimage_id,nearest_1,distance_1\n0,9,1\n", 3, "\"9\" is not a training image of the dataset")]
    [InlineData(Header + "\nimage_id,nearest_1,distance_1\n0,1,-1\n", 3, "\"-1\" is not a distance of at least 0")]
    [InlineData(Header + "\nimage_id,nearest_1,distance_1\n0,1,NaN\n", 3, "\"NaN\" is not a distance of at least 0")]
    [InlineData(Header + "\nimage_id,nearest_1,distance_1\n0,1,1\n", 3, "image \"1\" is missing")]
    public void A_wrong_line_is_named(string text, int line, string problem)
    {
        var path = Write(text);

        var fault = Assert.Throws<DatasetException>(() => NeighbourFile.Read(path, IndexOf("0", "1"), IndexOf("0", "1")));

        Assert.StartsWith($"{path}:{line}: {problem}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_of_another_number_of_images_is_rejected()
    {
        var path = Write(Header + "\nimage_id,nearest_1,distance_1\n");

        var fault = Assert.Throws<DatasetException>(() => NeighbourFile.Read(path, IndexOf("0", "1", "2"), IndexOf("0", "1")));

        Assert.StartsWith(
            $"{path}:1: the index is of 2 images and 2 training images; the dataset has 3 and 2;",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_truncated_file_is_rejected()
    {
        var path = Write(Header + "\nimage_id,nearest_1,distance_1\n0,1,1\n1,0,1\n");
        var content = File.ReadAllBytes(path);
        File.WriteAllBytes(path, content[..^4]);

        var fault = Assert.Throws<DatasetException>(() => NeighbourFile.Read(path, IndexOf("0", "1"), IndexOf("0", "1")));

        Assert.StartsWith($"{path}: cannot be read: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fingerprint_depends_on_ids_and_samples()
    {
        var known = Fingerprint(IndexOf("0", "1"), 5);

        Assert.Equal(2, known.Count);
        Assert.Equal(known, Fingerprint(IndexOf("0", "1"), 5));
        Assert.NotEqual(known, Fingerprint(IndexOf("0", "1"), 6));
        Assert.NotEqual(known, Fingerprint(IndexOf("0", "2"), 5));

        static ImageFingerprint Fingerprint(ImageIndex ids, float sample) =>
            ImageFingerprint.Compute(ids, _ => new ImageBlock(0, new ImageShape(1, 1, 1, 2), [sample, 1]));
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string text)
    {
        var path = Path.Combine(_folder.Path, "test1.csv.gz");
        using var file = File.Create(path);
        using var packed = new GZipStream(file, CompressionLevel.Fastest);
        packed.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    private static ImageIndex IndexOf(params string[] ids) => ImageIndex.Create([.. ids.Select(Encoding.UTF8.GetBytes)], out _);
}
