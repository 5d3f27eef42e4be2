using System.IO.Compression;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Archives that do not hold one file a split.</summary>
[Collection(ServerCollection.Name)]
public sealed class RefusedPackingTests(CoosFixture server)
{
    private const int BombBytes = 512 << 20;
    private const string Names = "test1.csv or test2.csv or test3.csv";

    private static readonly string Good = TinyBenchmark.Predictions("test1", 0, 0, 0, 0, 0, 0);
    private static readonly Lazy<byte[]> Bomb = new(() => Pack(stream => new GZipStream(stream, CompressionLevel.Optimal)));

    /// <summary>The name of the one file of a zip, what its problem is called, and its message.</summary>
    public static TheoryData<string, string> Zips =>
        new()
        {
            { "folder/test1.csv", "the file is in a folder of the zip; put the files at its top, without folders" },
            { "../../test1.csv", "the file is in a folder of the zip; put the files at its top, without folders" },
            { "test9.csv", $"\\\"test9.csv\\\" does not belong to a split; the names are {Names}" },
            { "test1.txt", $"\\\"test1.txt\\\" does not belong to a split; the names are {Names}" },
            { "predictions.csv", $"\\\"predictions.csv\\\" does not belong to a split; the names are {Names}" },
        };

    [Theory]
    [MemberData(nameof(Zips))]
    public Task A_zip_of_files_that_are_no_splits_is_refused_by_name(string name, string message) =>
        server.AssertRefusedAsync(
            () => Upload("predictions", Packed.Zip((name, Good))),
            ExpectedProblem.File("wrong-split", $$"""{ "file": "{{name}}", "code": "wrong-split", "message": "{{message}}" }""")
        );

    [Fact]
    public Task A_zip_of_nothing_is_refused() =>
        server.AssertRefusedAsync(
            () => Upload("predictions", Packed.Zip(("folder/", ""))),
            ExpectedProblem.File(
                "wrong-split",
                $$"""{ "file": "predictions", "code": "wrong-split", "message": "the zip holds no file; it must hold one file per split, named {{Names}}" }"""
            )
        );

    [Fact]
    public Task A_workbook_is_refused_with_the_advice_to_save_it_as_CSV() =>
        server.AssertRefusedAsync(
            () => Upload("test1", Packed.Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"))),
            ExpectedProblem.File(
                "bad-encoding",
                """{ "file": "test1", "code": "bad-encoding", "message": "the file is a workbook of a spreadsheet program; save the sheet as CSV (UTF-8)" }"""
            )
        );

    [Fact]
    public Task A_zip_that_is_cut_short_is_refused() =>
        server.AssertRefusedAsync(
            () => Upload("predictions", Packed.Zip(("test1.csv", Good))[..40]),
            ExpectedProblem.File(
                "bad-encoding",
                """{ "file": "predictions", "code": "bad-encoding", "message": "the file starts like a zip but is not one, or was cut short; pack it again" }"""
            )
        );

    [Fact]
    public Task A_gzip_file_that_is_cut_short_is_refused() =>
        server.AssertRefusedAsync(
            () => Upload("test1", Packed.GZip(Good)[..^9]),
            ExpectedProblem.File(
                "bad-encoding",
                $$"""{ "file": "test1", "code": "bad-encoding", "message": "the file cannot be unpacked: its gzip data ends early at byte {{Packed.GZip(Good).Length - 9}}, after {{Good.Length}} bytes of text: the file was cut short. Pack it again, or send it unpacked." }"""
            )
        );

    [Fact]
    public Task A_file_of_a_zip_with_another_checksum_is_refused() =>
        server.AssertRefusedAsync(
            () => Upload("predictions", Damaged(Packed.Zip(("test1.csv", Good)))),
            ExpectedProblem.File(
                "bad-encoding",
                $$"""{ "file": "test1", "code": "bad-encoding", "message": "the file cannot be unpacked: its {{Good.Length}} bytes do not match the checksum in the zip: the zip is damaged. Pack it again, or send it unpacked." }"""
            )
        );

    [Fact]
    public Task Predictions_that_are_no_zip_need_a_split() =>
        server.AssertRefusedAsync(
            () => Upload("predictions", Packed.GZip(Good)),
            ExpectedProblem.File(
                "wrong-split",
                $$"""{ "file": "predictions", "code": "wrong-split", "message": "the file is not a zip, so its split is unknown; send it as part {{Names.Replace(".csv", "", StringComparison.Ordinal)}}, or add a field split" }"""
            )
        );

    [Fact]
    public Task Two_parts_of_one_name_are_refused() =>
        server.AssertRefusedAsync(
            () => UploadForm.Tiny(nameof(RefusedPackingTests)).File("test1", Good).File("test1", Good),
            TwoFiles("test1")
        );

    [Fact]
    public Task A_part_and_a_file_in_a_zip_for_one_split_are_refused() =>
        server.AssertRefusedAsync(() => Upload("predictions", Packed.Zip(("test1.csv", Good))).File("test1", Good), TwoFiles("test1"));

    [Fact]
    public Task Two_files_in_a_zip_for_one_split_are_refused() =>
        server.AssertRefusedAsync(() => Upload("predictions", Packed.Zip(("test1.csv", Good), ("test1.csv", Good))), TwoFiles("test1.csv"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_unpacks_beyond_the_limit_is_refused_without_being_unpacked(bool isZip)
    {
        var bomb = isZip ? Packed.Zip(("test1.csv.gz", Bomb.Value)) : Bomb.Value;
        var before = GC.GetTotalAllocatedBytes();

        await server.AssertRefusedAsync(
            () => Upload("test1", bomb),
            ExpectedProblem.File(
                "too-large",
                """{ "file": "test1", "code": "too-large", "message": "the file holds more than the 1,048,576 bytes allowed; the rest was not read" }"""
            )
        );

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, BombBytes / 2);
    }

    private static ExpectedProblem TwoFiles(string file) =>
        ExpectedProblem.File(
            "wrong-split",
            $$"""{ "file": "{{file}}", "code": "wrong-split", "message": "there are two files for test1; send one" }"""
        );

    private static UploadForm Upload(string part, byte[] content) => UploadForm.Tiny(nameof(RefusedPackingTests)).File(part, content);

    /// <summary>A zip that names another checksum of its file.</summary>
    private static byte[] Damaged(byte[] zip)
    {
        zip[zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 16] ^= 1;
        return zip;
    }

    /// <summary>Half a gigabyte of one byte.</summary>
    private static byte[] Pack(Func<Stream, Stream> packer)
    {
        using var packed = new MemoryStream();
        using (var stream = packer(packed))
        {
            var block = new byte[1 << 20];
            block.AsSpan().Fill((byte)'x');
            for (var written = 0; written < BombBytes; written += block.Length)
            {
                stream.Write(block);
            }
        }

        return packed.ToArray();
    }
}
