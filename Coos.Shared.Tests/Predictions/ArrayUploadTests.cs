using Coos.Shared.Labels;
using Coos.Shared.Packing;
using Coos.Shared.Predictions;

namespace Coos.Shared.Tests.Predictions;

/// <summary>Arrays in uploads: a NumPy archive is a zip too, and zips hold arrays as they hold text.</summary>
public sealed class ArrayUploadTests
{
    private static readonly byte[] Four = ArraySample.Labels(0, 2, 1, 0);
    private static readonly byte[] Archive = ArraySample.Zip(
        ("image_id.npy", ArraySample.Labels(3, 2, 1, 0)),
        ("label.npy", ArraySample.Labels(0, 1, 2, 0))
    );

    public static TheoryData<string, string, byte[]> Uploads =>
        new()
        {
            { "an archive for a split", "test2", Archive },
            { "an array for a split", "test2", Four },
            { "a zip with an archive", "test2", ArraySample.Zip(("mine.npz", Archive)) },
            { "a zip of archives by split", "predictions", ArraySample.Zip(("test2.npz", Archive)) },
            { "a zip of arrays by split", "predictions", ArraySample.Zip(("TEST2.npy", Four)) },
            { "a zip of arrays in a folder", "predictions", ArraySample.Zip(("seed0/test2.npy", Four)) },
            { "a zip of both", "predictions", ArraySample.Zip(("test1.npy", ArraySample.Labels(1, 2)), ("test2.npz", Archive)) },
            { "a packed array", "test2", Packed.GZip(Four) },
            { "a packed archive", "test2", Packed.GZip(Archive) },
        };

    [Theory]
    [MemberData(nameof(Uploads))]
    public void Finds_the_arrays(string name, string part, byte[] content)
    {
        var problems = new ProblemList();
        using var upload = PredictionUpload.Open(
            [new UploadedFile(part, name, () => new MemoryStream(content))],
            ArraySample.Benchmark,
            problems
        );

        var source = upload.Sources[^1];
        var read = PredictionFiles.Read(source, ArraySample.Target(), problems, new UnpackBudget(1 << 20));

        Assert.Empty(problems.Items);
        Assert.Equal("test2", source.Split);
        Assert.Equal([0, 2, 1, 0], read!.Classes.Select(c => (int)c));
    }

    [Fact]
    public void An_archive_without_a_split_is_not_a_zip_of_splits()
    {
        var problems = new ProblemList();
        var file = new UploadedFile(PredictionUpload.AnySplit, "p.npz", () => new MemoryStream(Archive));
        using var upload = PredictionUpload.Open([file], ArraySample.Benchmark, problems);

        Assert.Empty(upload.Sources);
        Assert.Equal(
            "predictions: wrong-split: the file is a NumPy archive (.npz), so its split is unknown; "
                + "send it as part test1 or test2, or add a field split",
            Assert.Single(problems.Items).ToString()
        );
        Assert.False(PredictionUpload.IsZip(file, ArraySample.Benchmark));
        Assert.True(
            PredictionUpload.IsZip(file with { Open = () => new MemoryStream(ArraySample.Zip(("test1.npy", Four))) }, ArraySample.Benchmark)
        );
    }

    [Fact]
    public void Labels_of_a_split_are_not_arrays()
    {
        var problems = new ProblemList();
        using var upload = PredictionUpload.OpenTable(
            new UploadedFile("test2", "labels.npz", () => new MemoryStream(Archive)),
            ArraySample.Benchmark,
            problems
        );

        Assert.Equal(
            "test2: bad-encoding: the file is a NumPy archive (.npz); write the table as CSV text",
            Assert.Single(problems.Items).ToString()
        );
    }

    [Fact]
    public void A_bomb_in_a_zip_of_archives_uses_up_the_budget()
    {
        var bomb = ArraySample.Zip(
            System.IO.Compression.CompressionLevel.SmallestSize,
            ("test2.npz", ArraySample.Zip(("image_id.npy", ArraySample.Npy("<U1000", "(50000,)", new byte[50_000_000]))))
        );
        var problems = new ProblemList();
        using var upload = PredictionUpload.Open(
            [new UploadedFile("predictions", "bomb.zip", () => new MemoryStream(bomb))],
            ArraySample.Benchmark,
            problems
        );

        PredictionFiles.Read(Assert.Single(upload.Sources), ArraySample.Target(), problems, new UnpackBudget(1_000_000));

        Assert.Equal(ProblemCode.TooLarge, Assert.Single(problems.Items).Code);
    }

    [Fact]
    public void The_split_of_arrays_is_found_by_ids_or_else_by_their_number()
    {
        var splits = new Dictionary<string, ImageIndex>
        {
            ["test1"] = ArraySample.Images("0", "1"),
            ["test2"] = ArraySample.Images("0", "1", "2", "3"),
            ["test3"] = ArraySample.Images("a", "b"),
        };

        Assert.Equal("test2", SplitDetector.Find(new MemoryStream(Archive), splits));
        Assert.Equal("test2", SplitDetector.Find(new MemoryStream(Four), splits));
        Assert.Null(SplitDetector.Find(new MemoryStream(ArraySample.Labels(0, 1)), splits));
        Assert.Null(SplitDetector.Find(new MemoryStream(ArraySample.Labels(0, 1, 2)), splits));
        Assert.Null(SplitDetector.Find(new MemoryStream(Four[..30]), splits));
    }
}
