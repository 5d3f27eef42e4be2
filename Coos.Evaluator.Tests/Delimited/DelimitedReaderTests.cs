using Coos.Evaluator.Tests.Support;
using Coos.Shared.Delimited;

namespace Coos.Evaluator.Tests.Delimited;

/// <summary>The vectorised reader gives the same records as a naive one.</summary>
public sealed class DelimitedReaderTests
{
    private const int Seed = 20190902;

    private static readonly byte[][] Tokens =
    [
        .. "a|0|1|image_id|,|,|,|;|\t|\"|\"\"|,\"|\",|\n|\n|\r\n|\r|é|β|\uFEFF|0123456789012345678901234567890123456789"
            .Split('|')
            .Select(Packed.Text),
        [0xFF],
        [0xC3],
        [0],
    ];

    [Fact]
    public void Short_random_texts_give_the_same_records_as_the_naive_reader()
    {
        for (var round = 0; round < 20_000; round++)
        {
            var random = new Random(Seed + round);
            AssertSame(RandomText(random, random.Next(0, 60), noise: 24), random, round);
        }
    }

    [Fact]
    public void Texts_longer_than_the_buffer_give_the_same_records_as_the_naive_reader()
    {
        for (var round = 0; round < 24; round++)
        {
            var random = new Random(Seed - round);

            // Every other text has no quotes and no invalid UTF-8, which is the fast path.
            AssertSame(RandomText(random, 120_000, noise: round % 2 == 0 ? 24 : 5), random, round);
        }
    }

    [Theory]
    [InlineData(DelimitedReader.MaximumLineLength - 1)]
    [InlineData(DelimitedReader.MaximumLineLength)]
    [InlineData(DelimitedReader.MaximumLineLength + 1)]
    [InlineData(2 * DelimitedReader.MaximumLineLength)]
    [InlineData(5 * DelimitedReader.MaximumLineLength)]
    public void Lines_longer_than_the_maximum_are_skipped_at_any_position(int length)
    {
        var random = new Random(Seed);
        var text = Packed.Text($"a,b\n{new string('x', length)}\nc,d\n{new string('y', length - 2)},\n\"e\",f");

        AssertSame(text, random, length);
        AssertSame([.. text, (byte)'\n', .. Packed.Text(new string('z', length))], random, length);
    }

    [Fact]
    public void A_line_with_very_many_fields_is_read()
    {
        var text = Packed.Text(string.Join(',', Enumerable.Range(0, 100_000)) + "\nlast,line\n");

        AssertSame(text, new Random(Seed), 0);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("\n\r\n", "")]
    [InlineData("\n\r\nfirst;line\nsecond", "first;line")]
    [InlineData("\uFEFF\nfirst\r", "first")]
    public void Peek_returns_the_first_line_that_is_not_blank(string text, string expected)
    {
        using var reader = new DelimitedReader(new MemoryStream(Packed.Text(text)));

        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(reader.PeekLine()));
    }

    private static byte[] RandomText(Random random, int tokens, int noise)
    {
        var text = new List<byte>();
        for (var i = 0; i < tokens; i++)
        {
            // With little noise, the text has only digits, commas and line feeds.
            text.AddRange(
                noise < Tokens.Length
                    ? Tokens[
                        random.Next(5) switch
                        {
                            < 3 => 1,
                            3 => 4,
                            _ => 13,
                        }
                    ]
                    : Tokens[random.Next(noise)]
            );
        }

        return [.. text];
    }

    private static void AssertSame(byte[] text, Random random, int round)
    {
        var delimiter = ",;\t"u8[random.Next(3)];
        var trickle = random.Next(2) == 0;
        Stream stream = trickle ? new TrickleStream(text, () => random.Next(1, 5000)) : new MemoryStream(text);
        using var reader = new DelimitedReader(stream);
        if (random.Next(2) == 0)
        {
            reader.PeekLine();
        }

        reader.Delimiter = delimiter;
        var records = new List<Record>();
        while (reader.Read())
        {
            records.Add(Current(reader));
        }

        var expected = NaiveReader.Read(text, delimiter).Select(r => r.ToString()).ToList();
        var actual = records.Select(r => r.ToString()).ToList();
        var shown = text.Length < 2000 ? Convert.ToHexString(text) : "";
        Assert.True(expected.SequenceEqual(actual), $"seed {Seed}, round {round}, delimiter {delimiter}: {shown}");
    }

    private static Record Current(DelimitedReader reader)
    {
        var fields = new List<string>();
        for (var i = 0; i < reader.FieldCount && reader.Fault == RecordFault.None; i++)
        {
            fields.Add(Convert.ToHexString(reader[i]));
        }

        return new Record(reader.Line, reader.Fault, [.. fields]);
    }
}
