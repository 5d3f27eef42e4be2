using System.IO.Compression;
using System.Text;
using Coos.Evaluator.Tests.Support;
using Coos.Shared.Packing;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Predictions;

/// <summary>Truncated and damaged gzip and zip files, which .NET reads as if they were complete.</summary>
public sealed class DamagedPackingTests
{
    private const int Seed = 2311;
    private const string Good = "image_id,label\n0,0\n1,1\n2,2\n3,0\n";
    private const string Advice = " Pack it again, or send it unpacked.";

    private static readonly byte[] GZip = Packed.GZip(Packed.Text(Good));
    private static readonly byte[] Zip = Packed.Zip(("test2.csv", Packed.Text(Good)));

    /// <summary>Some programs end their gzip files with an empty member, and an empty file may be appended to another.</summary>
    [Fact]
    public void Empty_members_are_read_as_nothing()
    {
        byte[] empty = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        var text = Packed.GZip("image_id,label\n");

        var random = new Random(3);
        byte[] packed = [.. empty, .. text, .. empty, .. empty, .. text, .. empty];

        Assert.Equal("image_id,label\nimage_id,label\n", Encoding.ASCII.GetString(Unpack(new GZipText(new MemoryStream(packed)))));
        Assert.Equal(30, Unpack(new GZipText(new PartialReadStream(packed, random))).Length);
    }

    [Fact]
    public void A_gzip_file_truncated_anywhere_is_only_reported_as_damaged()
    {
        for (var length = 2; length < GZip.Length; length++)
        {
            var problem = Problem(GZip[..length]);

            Assert.Equal((ProblemCode.BadEncoding, "test2", null, null), (problem.Code, problem.File, problem.Line, problem.Column));
            Assert.Contains("was cut short", problem.Message, StringComparison.Ordinal);
            Assert.EndsWith(Advice, problem.Message, StringComparison.Ordinal);
        }

        Assert.Equal(
            $"the file cannot be unpacked: its gzip data ends early at byte 30, after 19 bytes of text: the file was cut short.{Advice}",
            Problem(GZip[..30]).Message
        );
    }

    [Fact]
    public void A_gzip_file_with_any_bit_flipped_is_damaged_or_has_the_same_content()
    {
        for (var position = 2; position < GZip.Length; position++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                byte[] flipped = [.. GZip];
                flipped[position] ^= (byte)(1 << bit);
                var (predictions, problems) = Read(flipped);

                // Time, system and level in the header do not matter, nor do the padding bits in the last byte of the data.
                if (predictions is null)
                {
                    Assert.Equal(ProblemCode.BadEncoding, Assert.Single(problems.Items).Code);
                }
                else
                {
                    Assert.Equal([0, 1, 2, 0], predictions.Classes);
                }
            }
        }
    }

    [Theory]
    [InlineData(-8, "the checksum after its gzip data does not match the 31 bytes of text: the file is damaged or was cut short.")]
    [InlineData(-4, "the checksum after its gzip data does not match the 31 bytes of text: the file is damaged or was cut short.")]
    [InlineData(2, "the gzip header at byte 0 has an unknown compression method; the file is damaged.")]
    public void Damage_to_a_gzip_file_is_reported_with_its_position(int position, string message)
    {
        byte[] damaged = [.. GZip];
        damaged[position < 0 ? damaged.Length + position : position] ^= 0x40;

        Assert.Equal($"the file cannot be unpacked: {message}{Advice}", Problem(damaged).Message);
    }

    [Theory]
    [InlineData("\0\0\0\0")]
    [InlineData("image_id,label\n")]
    [InlineData("\u001f")]
    public void Data_after_the_end_of_a_gzip_file_is_reported(string rest)
    {
        var problem = Problem([.. GZip, .. Encoding.Latin1.GetBytes(rest)]);

        Assert.Equal(ProblemCode.BadEncoding, problem.Code);
        var expected =
            rest == "\u001f" ? "ends early at byte" : $"its gzip data ends at byte {GZip.Length}, and the rest is not gzip data.";
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gzip_members_of_any_size_are_joined()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 200; round++)
        {
            using var packed = new MemoryStream();
            using var text = new MemoryStream();
            for (var member = 0; member < 5; member++)
            {
                // Bytes that cannot be compressed, so that members end at every position within the inflater's chunks.
                var part = new byte[1 + random.Next(random.Next(4) == 0 ? 10 : 20_000)];
                random.NextBytes(part);
                text.Write(part);
                packed.Write(WithHeader(Packed.GZip(part), random.Next(32) & ~1));
            }

            Assert.Equal(text.ToArray(), Unpack(new GZipText(new PartialReadStream(packed.ToArray(), random))));
            packed.SetLength(packed.Length - 1 - random.Next(8));
            Assert.Throws<InvalidDataException>(() => Unpack(new GZipText(new MemoryStream(packed.ToArray()))));
        }
    }

    [Fact]
    public void A_large_file_takes_no_more_memory_than_a_small_one()
    {
        var packed = Packed.GZip(new byte[100_000_000]);
        using var text = new GZipText(new MemoryStream(packed));
        var buffer = new byte[1 << 16];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var length = 0L;
        for (var read = text.Read(buffer); read > 0; read = text.Read(buffer))
        {
            length += read;
        }

        Assert.Equal(100_000_000, length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_zip_truncated_anywhere_is_reported_as_damaged()
    {
        for (var length = 4; length < Zip.Length; length++)
        {
            Assert.Equal(ProblemCode.BadEncoding, Problem(Zip[..length]).Code);
        }
    }

    [Theory]
    [InlineData(16, "its 31 bytes do not match the checksum in the zip: the zip is damaged.")]
    [InlineData(24, "its 30 bytes do not match the checksum in the zip: the zip is damaged.")]
    [InlineData(25, "it unpacks to 31 bytes, but the zip states 287: the zip is damaged or was cut short.")]
    public void A_zip_entry_with_a_wrong_length_or_checksum_is_reported(int position, string message)
    {
        byte[] damaged = [.. Zip];
        damaged[Directory(damaged) + position] ^= 1;

        Assert.Equal($"the file cannot be unpacked: {message}{Advice}", Problem(damaged).Message);
    }

    [Fact]
    public void An_uncompressed_zip_entry_is_checked_too()
    {
        byte[] damaged = [.. Packed.Zip(CompressionLevel.NoCompression, ("test2.csv", Packed.Text(Good)))];
        damaged[Directory(damaged) + 24] ^= 1;

        Assert.Equal(
            "the file cannot be unpacked: it unpacks to more than 30 bytes, but the zip states 30: "
                + $"the zip is damaged or was cut short.{Advice}",
            Problem(damaged).Message
        );
        damaged[Directory(damaged) + 24] ^= 1;
        damaged[damaged.AsSpan().IndexOf("3,0\n"u8)] ^= 1;
        Assert.Equal(
            $"the file cannot be unpacked: its 31 bytes do not match the checksum in the zip: the zip is damaged.{Advice}",
            Problem(damaged).Message
        );
    }

    [Fact]
    public void A_flipped_bit_in_a_zip_entry_is_reported()
    {
        var start = 30 + BitConverter.ToUInt16(Zip, 26) + BitConverter.ToUInt16(Zip, 28);
        var end = start + BitConverter.ToInt32(Zip, Directory(Zip) + 20);
        for (var position = start; position < end; position++)
        {
            byte[] damaged = [.. Zip];
            damaged[position] ^= 0x10;

            var (predictions, problems) = Read(damaged);

            // The last block has no text, so the text is complete despite the damage.
            if (predictions is null)
            {
                Assert.Equal(ProblemCode.BadEncoding, Assert.Single(problems.Items).Code);
            }
            else
            {
                Assert.InRange(position, end - 2, end - 1);
                Assert.Equal([0, 1, 2, 0], predictions.Classes);
            }
        }
    }

    [Fact]
    public void A_gzip_file_in_a_zip_is_checked_too()
    {
        var problem = Problem(Packed.Zip(("test2.csv.gz", GZip[..^3])));

        Assert.Equal(ProblemCode.BadEncoding, problem.Code);
        Assert.Contains("cut short", problem.Message, StringComparison.Ordinal);
    }

    private static int Directory(byte[] zip) => zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);

    private static Problem Problem(byte[] content)
    {
        var (predictions, problems) = Read(content);
        Assert.Null(predictions);
        return Assert.Single(problems.Items);
    }

    private static (PredictionSet? Predictions, ProblemList Problems) Read(byte[] content)
    {
        var problems = new ProblemList();
        var file = new UploadedFile("test2", "mine", () => new MemoryStream(content));
        using var upload = PredictionUpload.Open([file], Sample.Benchmark, problems);
        return (upload.Sources.Select(s => PredictionFiles.Read(s, Sample.Target(), problems)).FirstOrDefault(), problems);
    }

    private static byte[] Unpack(GZipText text)
    {
        using (text)
        {
            using var content = new MemoryStream();
            text.CopyTo(content);
            return content.ToArray();
        }
    }

    /// <summary>Adds the optional parts of a gzip header, by its flags.</summary>
    private static byte[] WithHeader(byte[] gzip, int flags)
    {
        byte[] extra = (flags & 4) == 0 ? [] : [3, 0, 0x1F, 0x8B, 8];
        byte[] name = (flags & 8) == 0 ? [] : [.. "a name\0"u8];
        byte[] comment = (flags & 16) == 0 ? [] : [0];
        byte[] checksum = (flags & 2) == 0 ? [] : [1, 2];
        return [.. gzip[..3], (byte)flags, .. gzip[4..10], .. extra, .. name, .. comment, .. checksum, .. gzip[10..]];
    }

    /// <summary>Returns only some of the requested bytes, as a network connection does.</summary>
    private sealed class PartialReadStream(byte[] content, Random random) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, 1 + random.Next(9_000)));
    }
}
