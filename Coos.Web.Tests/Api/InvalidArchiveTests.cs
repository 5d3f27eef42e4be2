using System.IO.Compression;
using Coos.Web.Tests.Support;
using Xunit;

namespace Coos.Web.Tests.Api;

/// <summary>Rejects archives that do not contain one file per split.</summary>
[Collection(ServerCollection.Name)]
public sealed class InvalidArchiveTests(CoosFixture server)
{
    private const int BombBytes = 512 << 20;
    private const string AllowedNames = "test1.csv or test2.csv or test3.csv";

    private static readonly string Valid = TinyBenchmark.Predictions("test1", 0, 0, 0, 0, 0, 0);
    private static readonly Lazy<byte[]> Bomb = new(() => Pack(stream => new GZipStream(stream, CompressionLevel.Optimal)));

    /// <summary>The name of the only file of a zip, and the message of its problem.</summary>
    public static TheoryData<string, string> Zips =>
        new()
        {
            { "../../test1.csv", "the file is in a folder of the zip; put the files at its top, without folders" },
            { "test9.csv", $"\\\"test9.csv\\\" does not belong to a split; the names are {AllowedNames}" },
            { "test1.txt", $"\\\"test1.txt\\\" does not belong to a split; the names are {AllowedNames}" },
            { "predictions.csv", $"\\\"predictions.csv\\\" does not belong to a split; the names are {AllowedNames}" },
        };

    [Theory]
    [MemberData(nameof(Zips))]
    public Task A_zip_with_unknown_file_names_is_rejected_by_name(string name, string message) =>
        server.AssertRejectedAsync(
            () => Upload("predictions", Packed.Zip((name, Valid))),
            ExpectedProblem.File("wrong-split", $$"""{ "file": "{{name}}", "code": "wrong-split", "message": "{{message}}" }""")
        );

    [Fact]
    public Task An_empty_zip_is_rejected() =>
        server.AssertRejectedAsync(
            () => Upload("predictions", Packed.Zip(("folder/", ""))),
            ExpectedProblem.File(
                "wrong-split",
                """{ "file": "predictions", "code": "wrong-split", "message": "the zip holds no file; it must hold one """
                    + $$"""file per split, named {{AllowedNames}}" }"""
            )
        );

    [Fact]
    public Task A_workbook_is_rejected_with_the_advice_to_save_it_as_CSV() =>
        server.AssertRejectedAsync(
            () => Upload("test1", Packed.Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"))),
            ExpectedProblem.File(
                "bad-encoding",
                """{ "file": "test1", "code": "bad-encoding", "message": "the file is a workbook of a spreadsheet """
                    + """program (.xlsx); save the sheet as CSV (UTF-8)" }"""
            )
        );

    [Fact]
    public Task A_truncated_zip_is_rejected() =>
        server.AssertRejectedAsync(
            () => Upload("predictions", Packed.Zip(("test1.csv", Valid))[..40]),
            ExpectedProblem.File(
                "bad-encoding",
                """{ "file": "predictions", "code": "bad-encoding", "message": "the file starts like a zip but is not """
                    + """one, or was cut short; pack it again" }"""
            )
        );

    [Fact]
    public Task A_truncated_gzip_file_is_rejected() =>
        server.AssertRejectedAsync(
            () => Upload("test1", Packed.GZip(Valid)[..^9]),
            ExpectedProblem.File(
                "bad-encoding",
                """{ "file": "test1", "code": "bad-encoding", "message": "the file cannot be unpacked: its gzip data ends """
                    + $$"""early at byte {{Packed.GZip(Valid).Length - 9}}, after {{Valid.Length}} bytes of text: the file was cut """
                    + """short. Pack it again, or send it unpacked." }"""
            )
        );

    [Fact]
    public Task A_zip_entry_with_a_wrong_checksum_is_rejected() =>
        server.AssertRejectedAsync(
            () => Upload("predictions", ChangeChecksum(Packed.Zip(("test1.csv", Valid)))),
            ExpectedProblem.File(
                "bad-encoding",
                """{ "file": "test1", "code": "bad-encoding", "message": "the file cannot be unpacked: its """
                    + $$"""{{Valid.Length}} bytes do not match the checksum in the zip: the zip is damaged. Pack it again, or send """
                    + """it unpacked." }"""
            )
        );

    [Fact]
    public Task A_single_file_requires_the_split_field() =>
        server.AssertRejectedAsync(
            () => Upload("predictions", Packed.GZip(Valid)),
            ExpectedProblem.File(
                "wrong-split",
                """{ "file": "predictions", "code": "wrong-split", "message": "the file is not a zip of files, so its split is """
                    + $$"""unknown; send it as part {{AllowedNames.Replace(".csv", "", StringComparison.Ordinal)}}, or add a """
                    + """field split" }"""
            )
        );

    [Fact]
    public Task Two_parts_with_the_same_name_are_rejected() =>
        server.AssertRejectedAsync(
            () => UploadForm.Tiny(nameof(InvalidArchiveTests)).File("test1", Valid).File("test1", Valid),
            TwoFiles("test1")
        );

    [Fact]
    public Task A_part_and_a_zip_entry_for_the_same_split_are_rejected() =>
        server.AssertRejectedAsync(() => Upload("predictions", Packed.Zip(("test1.csv", Valid))).File("test1", Valid), TwoFiles("test1"));

    [Fact]
    public Task Two_zip_entries_for_the_same_split_are_rejected() =>
        server.AssertRejectedAsync(
            () => Upload("predictions", Packed.Zip(("test1.csv", Valid), ("test1.csv", Valid))),
            TwoFiles("test1.csv")
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_decompression_bomb_is_rejected_without_decompressing_it(bool isZip)
    {
        var bomb = isZip ? Packed.Zip(("test1.csv.gz", Bomb.Value)) : Bomb.Value;
        var before = GC.GetTotalAllocatedBytes();

        await server.AssertRejectedAsync(
            () => Upload("test1", bomb),
            ExpectedProblem.File(
                "too-large",
                """{ "file": "test1", "code": "too-large", "message": "unpacking the files takes more than the 1,048,576 bytes """
                    + """allowed for all files together; the rest was not read" }"""
            )
        );

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, BombBytes / 2);
    }

    private static ExpectedProblem TwoFiles(string file) =>
        ExpectedProblem.File(
            "wrong-split",
            $$"""{ "file": "{{file}}", "code": "wrong-split", "message": "there are two files for test1; send one" }"""
        );

    private static UploadForm Upload(string part, byte[] content) => UploadForm.Tiny(nameof(InvalidArchiveTests)).File(part, content);

    /// <summary>Changes the checksum of the file in a zip.</summary>
    private static byte[] ChangeChecksum(byte[] zip)
    {
        zip[zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 16] ^= 1;
        return zip;
    }

    /// <summary>Compresses half a gigabyte of one repeated byte.</summary>
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
