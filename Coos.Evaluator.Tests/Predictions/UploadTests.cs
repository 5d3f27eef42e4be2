using Coos.Evaluator.Tests.Support;
using Coos.Shared.Packing;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Predictions;

/// <summary>Finds the files of the splits in an upload.</summary>
public sealed class UploadTests
{
    private const string Good = "image_id,label\n0,0\n1,1\n2,2\n3,0\n";

    [Fact]
    public void Plain_gzip_and_zip_hold_the_same_predictions()
    {
        var plain = Packed.Text(Good);

        byte[][] contents = [plain, Packed.GZip(plain), Packed.Zip(("test2.csv", plain)), Packed.Zip(("whatever.txt", Packed.GZip(plain)))];
        foreach (var content in contents)
        {
            var (sources, problems) = Read(new UploadedFile("test2", "mine", () => new MemoryStream(content)));

            Assert.Empty(problems.Items);
            Assert.Equal([0, 1, 2, 0], Assert.Single(sources).Predictions!.Classes);
        }
    }

    [Fact]
    public void Splits_in_a_zip_are_returned_in_the_order_of_the_manifest()
    {
        var zip = Packed.Zip(
            ("test2.csv.gz", Packed.GZip(Packed.Text(Good))),
            ("__MACOSX/._test1.csv", [0]),
            (".DS_Store", [0]),
            ("test1.csv", Packed.Text("image_id,label\n0,0\n1,1\n2,2\n3,1\n"))
        );

        var (sources, problems) = Read(new UploadedFile(PredictionUpload.AnySplit, "all.zip", () => new MemoryStream(zip)));

        Assert.Empty(problems.Items);
        Assert.Equal(["test1", "test2"], sources.Select(s => s.Split));
        Assert.Equal(1, sources[0].Predictions!.Classes[3]);
        Assert.Equal(0, sources[1].Predictions!.Classes[3]);
    }

    [Fact]
    public void A_zip_of_very_many_files_is_rejected_before_they_are_read()
    {
        var zip = Packed.Zip([.. Enumerable.Range(0, 50_000).Select(i => ($"t{i}.csv", Array.Empty<byte>()))]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var (sources, problems) = Read(new UploadedFile(PredictionUpload.AnySplit, "many.zip", () => new MemoryStream(zip)));

        Assert.Empty(sources);
        Assert.Equal(
            "the zip holds more than 256 files; it must hold one file per split, named test1.csv or test2.csv",
            Assert.Single(problems.Items).Message
        );
        // An object per entry would take at least 10 MB; only the end of the file may be read.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_zip_that_states_too_few_files_is_rejected_too()
    {
        var zip = Packed.Zip([.. Enumerable.Range(0, 50_000).Select(i => ($"t{i}.csv", Array.Empty<byte>()))]);
        var end = zip.Length - 22;
        zip[end + 8] = zip[end + 10] = 1;
        zip[end + 9] = zip[end + 11] = 0;

        var (sources, problems) = Read(new UploadedFile(PredictionUpload.AnySplit, "lie.zip", () => new MemoryStream(zip)));

        Assert.Empty(sources);
        Assert.StartsWith("the zip holds more than 256 files", Assert.Single(problems.Items).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string[]> BadZips =>
        new()
        {
            { "folder/test1.csv test2.csv", ["folder/test1.csv wrong-split"] },
            { "test9.csv", ["test9.csv wrong-split"] },
            { "test1.txt", ["test1.txt wrong-split"] },
            { "test1.csv test1.csv.gz", ["test1.csv.gz wrong-split"] },
            { "../test1.csv", ["../test1.csv wrong-split"] },
            { "a\\test1.csv", ["a\\test1.csv wrong-split"] },
            { "[Content_Types].xml xl/workbook.xml", ["predictions bad-encoding"] },
            { "", ["predictions wrong-split"] },
            { string.Join(' ', Enumerable.Range(0, 300).Select(i => $"t{i}.csv")), ["predictions wrong-split"] },
        };

    [Theory]
    [MemberData(nameof(BadZips))]
    public void A_zip_of_other_files_is_rejected_with_their_names(string names, string[] expected)
    {
        var zip = Packed.Zip([.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => (n, Packed.Text(Good)))]);

        var problems = Open(new UploadedFile(PredictionUpload.AnySplit, "all.zip", () => new MemoryStream(zip)));

        Assert.Equal(expected, problems.Items.Select(p => $"{p.File} {ProblemCodeConverter.Text(p.Code)}"));
    }

    [Fact]
    public void A_zip_of_several_files_is_rejected_for_one_split()
    {
        var zip = Packed.Zip(("test1.csv", Packed.Text(Good)), ("test2.csv", Packed.Text(Good)));

        var problems = Open(new UploadedFile("test1", "all.zip", () => new MemoryStream(zip)));

        Assert.Equal(["test1", "test1"], problems.Items.Select(p => p.File));
        Assert.All(problems.Items, p => Assert.Equal(ProblemCode.WrongSplit, p.Code));
        const string Advice = "send a zip of several splits as part predictions";
        Assert.All(problems.Items, p => Assert.Contains(Advice, p.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Duplicate_and_unknown_splits_are_rejected()
    {
        UploadedFile File(string part) => new(part, part + ".csv", () => new MemoryStream(Packed.Text(Good)));

        var problems = Open(File("test1"), File("test1"), File("test9"), File(PredictionUpload.AnySplit));

        Assert.Equal(["test1", "test9", "predictions"], problems.Items.Select(p => p.File));
        Assert.All(problems.Items, p => Assert.Equal(ProblemCode.WrongSplit, p.Code));
    }

    [Fact]
    public void A_file_that_cannot_be_unpacked_is_reported_as_a_problem()
    {
        var zip = Packed.Zip(("test1.csv", Packed.Text(Good)));
        var gzip = Packed.GZip(Packed.Text(Good));
        gzip[^6] ^= 0xFF; // the checksum

        byte[][] contents =
        [
            zip[..40],
            zip[..10],
            zip[^22..],
            gzip,
            [.. "\u001f\u008bnonsense"u8],
            [0x1F, 0x8B, 1, 2, 3],
            [.. "PK\u0003\u0004"u8],
        ];
        foreach (var content in contents)
        {
            var (_, problems) = Read(new UploadedFile("test1", "mine", () => new MemoryStream(content)));

            Assert.NotEmpty(problems.Items);
            Assert.All(problems.Items, p => Assert.Equal("test1", p.File));
        }
    }

    [Fact]
    public void A_file_that_unpacks_to_more_than_allowed_is_not_read_further()
    {
        var bomb = Packed.GZip(new byte[100_000_000]);

        var (sources, problems) = Read(
            Sample.Target() with
            {
                MaximumBytes = 1_000_000,
            },
            new UploadedFile("test2", "bomb.gz", () => new MemoryStream(bomb))
        );

        Assert.Null(Assert.Single(sources).Predictions);
        Assert.Equal(ProblemCode.TooLarge, problems.Items[0].Code);
    }

    /// <summary>A gzip member without text: header, an empty block, checksum and length.</summary>
    private static readonly byte[] EmptyMember = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public static TheoryData<string, byte[]> Bombs =>
        new()
        {
            { "a zip of a gzip file that unpacks to much", Packed.Zip(("test2.csv.gz", Packed.GZip(new byte[3_000_000]))) },
            { "a gzip file of empty members", [.. Enumerable.Repeat(EmptyMember, 200).SelectMany(m => m)] },
            { "a gzip file with a long name", [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 255, .. Enumerable.Repeat((byte)'n', 2_000_000)] },
        };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void All_layers_of_a_file_share_one_limit(string kind, byte[] bomb)
    {
        var problems = new ProblemList();
        var file = new UploadedFile(bomb[0] == 'P' ? PredictionUpload.AnySplit : "test2", "bomb", () => new MemoryStream(bomb));
        using var upload = PredictionUpload.Open([file], Sample.Benchmark, problems);

        var read = PredictionFiles.Read(Assert.Single(upload.Sources), Sample.Target(), problems, new UnpackBudget(1_000_000));

        Assert.Null(read);
        var problem = Assert.Single(problems.Items);
        Assert.True(problem.Code == ProblemCode.TooLarge, $"{kind}: {problem.Code} {problem.Message}");
    }

    [Fact]
    public void Files_of_one_upload_share_one_limit()
    {
        var text = Packed.GZip(System.Text.Encoding.ASCII.GetBytes("image_id,label\n" + new string('\n', 600_000)));
        var problems = new ProblemList();
        UploadedFile[] files = [.. new[] { "test1", "test2" }.Select(s => new UploadedFile(s, s, () => new MemoryStream(text)))];
        using var upload = PredictionUpload.Open(files, Sample.Benchmark, problems);
        var budget = new UnpackBudget(1_000_000);

        foreach (var source in upload.Sources)
        {
            PredictionFiles.Read(source, Sample.Target() with { Split = source.Split, File = source.Split }, problems, budget);
        }

        Assert.Equal(["test2"], problems.Items.Where(p => p.Code == ProblemCode.TooLarge).Select(p => p.File));
    }

    /// <summary>A small packed file can have millions of lines, each of which takes time.</summary>
    [Fact]
    public void Lines_far_beyond_the_number_of_images_are_not_read()
    {
        var text = Packed.GZip([.. "image_id,label\n"u8, .. Enumerable.Repeat("0,0\n"u8.ToArray(), 1_000_000).SelectMany(line => line)]);
        var problems = new ProblemList();
        using var upload = PredictionUpload.Open(
            [new UploadedFile("test2", "test2", () => new MemoryStream(text))],
            Sample.Benchmark,
            problems
        );
        var target = Sample.Target();

        var read = PredictionFiles.Read(Assert.Single(upload.Sources), target, problems);

        Assert.Null(read);
        Assert.Equal(ProblemCode.TooLarge, problems.Items[0].Code);
        Assert.EndsWith(
            FormattableString.Invariant($" lines, but {target.File} has {target.Images.Count:N0} images; the rest was not read"),
            problems.Items[0].Message,
            StringComparison.Ordinal
        );
        Assert.True(problems.Count <= (2 * target.Images.Count) + 100_001, $"{problems.Count} problems");
    }

    [Fact]
    public void Unpacking_ends_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        using var text = new GZipText(new MemoryStream(Packed.GZip(new byte[1000])), new UnpackBudget(long.MaxValue, source.Token));
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => text.ReadByte());
    }

    private static ProblemList Open(params UploadedFile[] files)
    {
        var problems = new ProblemList();
        using var upload = PredictionUpload.Open(files, Sample.Benchmark, problems);
        return problems;
    }

    private static ((string Split, PredictionSet? Predictions)[] Sources, ProblemList Problems) Read(params UploadedFile[] files) =>
        Read(Sample.Target(), files);

    private static ((string Split, PredictionSet? Predictions)[] Sources, ProblemList Problems) Read(
        PredictionTarget target,
        params UploadedFile[] files
    )
    {
        var problems = new ProblemList();
        using var upload = PredictionUpload.Open(files, Sample.Benchmark, problems);
        var read = upload.Sources.Select(s =>
            (s.Split, PredictionFiles.Read(s, target with { Split = s.Split, File = s.Split }, problems))
        );
        return ([.. read], problems);
    }
}
