using System.Text;
using Coos.Shared.Packing;
using Coos.Shared.Predictions;
using Parquet;
using Parquet.Schema;

namespace Coos.Shared.Tests.Predictions;

/// <summary>Parquet files are read as text with the same columns is.</summary>
public sealed class ParquetTests
{
    private static readonly long[] Ids = [3, 0, 2, 1];
    private static readonly int[] Labels = [0, 0, 1, 2];

    private static double[] P(int k) => [.. Ids.Select(i => ArraySample.P[((int)i * 3) + k])];

    [Fact]
    public async Task Reads_labels_and_probabilities_as_text_with_the_same_columns()
    {
        var file = await WriteAsync(1, ("image_id", Ids), ("label", Labels), ("p0", P(0)), ("p1", P(1)), ("p2", P(2)));
        var text = new StringBuilder("image_id,label,p0,p1,p2\n");
        for (var row = 0; row < 4; row++)
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{Ids[row]},{Labels[row]},{P(0)[row]},{P(1)[row]},{P(2)[row]}\n"
            );
        }

        Assert.Equal(ArraySample.ReadGood(Encoding.UTF8.GetBytes($"{text}")).Hash, ArraySample.ReadGood(file).Hash);
    }

    public static TheoryData<string, object> IdColumns =>
        new()
        {
            { "int64", Ids },
            { "int32", Ids.Select(i => (int)i).ToArray() },
            { "int16", Ids.Select(i => (short)i).ToArray() },
            { "uint8", Ids.Select(i => (byte)i).ToArray() },
            { "int8", Ids.Select(i => (sbyte)i).ToArray() },
            { "uint16", Ids.Select(i => (ushort)i).ToArray() },
            { "uint32", Ids.Select(i => (uint)i).ToArray() },
            { "uint64", Ids.Select(i => (ulong)i).ToArray() },
            { "nullable", Ids.Select(i => (long?)i).ToArray() },
            { "string", Ids.Select(i => $"{i}").ToArray() },
        };

    [Theory]
    [MemberData(nameof(IdColumns))]
    public async Task Reads_ids_of_any_plain_type(string name, object ids)
    {
        var predictions = ArraySample.ReadGood(await WriteAsync(1, ("image_id", ids), ("label", Labels)));

        Assert.True(name.Length > 0);
        Assert.Equal([0, 2, 1, 0], predictions.Classes.Select(c => (int)c));
        Assert.Empty(predictions.Warnings);
    }

    public static TheoryData<string, object> LabelColumns =>
        new()
        {
            { "names", new[] { "ER", "er", "golgi", "β-tubulin" } },
            { "categories", new[] { "0", "0", "1", "2" } },
            { "nullable", new int?[] { 0, 0, 1, 2 } },
            { "uint8", new byte[] { 0, 0, 1, 2 } },
            { "floats", new double[] { 0, 0, 1, 2 } },
            { "nullable floats", new float?[] { 0, 0, 1, 2 } },
        };

    [Theory]
    [MemberData(nameof(LabelColumns))]
    public async Task Reads_labels_of_any_plain_type(string name, object labels)
    {
        var predictions = ArraySample.ReadGood(await WriteAsync(1, ("image_id", Ids), ("label", labels)));

        Assert.Equal([0, 2, 1, 0], predictions.Classes.Select(c => (int)c));
        Assert.Equal(
            name.Contains("floats", StringComparison.Ordinal) ? [PredictionWarning.FloatLabels] : [],
            predictions.Warnings.Select(w => w.Code)
        );
    }

    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Zstd)]
    [InlineData(CompressionMethod.LZ4)]
    [InlineData(CompressionMethod.Brotli)]
    public async Task Reads_row_groups_and_compressed_columns(CompressionMethod compression)
    {
        var file = await WriteAsync(
            2,
            compression,
            ("image_id", Ids.Select(i => $"{i}").ToArray()),
            ("z0", P(0).Select(p => (float?)Math.Log(p)).ToArray()),
            ("z1", P(1).Select(p => (float?)Math.Log(p)).ToArray()),
            ("z2", P(2).Select(p => (float?)Math.Log(p)).ToArray())
        );

        var predictions = ArraySample.ReadGood(file);

        Assert.All(ArraySample.P.Zip(predictions.Probabilities!.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public async Task Reports_problems_by_row_and_column()
    {
        var problems = ArraySample.Problems(
            await WriteAsync(
                2,
                ("image_id", new[] { "0", "1", "2", "2" }),
                ("p0", new double?[] { 0.5, null, 0.5, 0.5 }),
                ("p1", new double?[] { 0.25, 0.5, double.NaN, 0.5 }),
                ("p2", new double?[] { 0.35, 0.5, 0.5, 0.5 })
            )
        );

        Assert.Equal(
            [
                "test2:1: probability-sum: the probabilities sum to 1.1; they must sum to 1 within 0.003906",
                "test2:2:p0: bad-probability: \"nan\" is not a probability, it is a missing value; write a number from 0 to 1",
                "test2:4:image_id: duplicate-image: image \"2\" already has a row, row 3; keep one of the two",
                "test2:3:p1: bad-probability: \"nan\" is not a probability, it is a missing value; write a number from 0 to 1",
                "test2:image_id: missing-image: image \"3\" has no row; every image of test2 (4) needs one",
            ],
            problems
        );
    }

    [Fact]
    public async Task Reports_labels_and_ids_that_are_missing()
    {
        var problems = ArraySample.Problems(
            await WriteAsync(1, ("image_id", new[] { "0", null, "2", "3" }), ("label", new int?[] { null, 1, 7, 0 }))
        );

        Assert.StartsWith(
            "test2:1:label: unknown-class: \"\" is not a class, it is a missing value;",
            problems[1],
            StringComparison.Ordinal
        );
        Assert.StartsWith("test2:2:image_id: unknown-image: image \"\" is not in test2", problems[0], StringComparison.Ordinal);
        Assert.StartsWith("test2:3:label: unknown-class: \"7\" is not a class;", problems[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_columns_of_other_types_by_name()
    {
        var texts = new[] { "a", "b", "c", "d" };
        var times = new[] { new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), default, default, default };

        Assert.Equal(
            ["test2:image_id: bad-encoding: the column image_id holds floating-point numbers; allowed are whole numbers or text"],
            ArraySample.Problems(await WriteAsync(1, ("image_id", P(0)), ("label", Labels)))
        );
        Assert.Equal(
            ["test2:label: bad-encoding: the column label holds true and false; allowed are whole numbers, or text with class names"],
            ArraySample.Problems(await WriteAsync(1, ("image_id", Ids), ("label", new[] { true, false, true, true })))
        );
        Assert.Equal(
            ["test2:image_id: bad-encoding: the column image_id holds values of the type DateTime; allowed are whole numbers or text"],
            ArraySample.Problems(await WriteAsync(1, ("image_id", times), ("label", Labels)))
        );
        Assert.Equal(
            ["test2:p1: bad-encoding: the column p1 holds text; allowed are floating-point numbers"],
            ArraySample.Problems(await WriteAsync(1, ("image_id", Ids), ("p0", P(0)), ("p1", texts), ("p2", P(2))))
        );
    }

    [Fact]
    public async Task Refuses_nested_columns_by_name()
    {
        var id = new DataField<long>("image_id");
        var item = new DataField<int>("element");
        var list = new ListField("label", item);
        using var content = new MemoryStream();
        await using (
            var writer = await ParquetWriter.CreateAsync(
                new ParquetSchema(id, list),
                content,
                cancellationToken: TestContext.Current.CancellationToken
            )
        )
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<long>(id, Ids, cancellationToken: TestContext.Current.CancellationToken);
            var levels = Enumerable.Repeat(item.MaxDefinitionLevel, 4).ToArray();
            await group.WriteAllPartsAsync<int>(
                item,
                Labels,
                new ReadOnlyMemory<int>(levels),
                new ReadOnlyMemory<int>([0, 0, 0, 0]),
                TestContext.Current.CancellationToken
            );
        }

        Assert.Equal(
            [
                "test2:label: bad-encoding: the column label holds lists or other nested values; "
                    + "allowed are whole numbers, or text with class names",
            ],
            ArraySample.Problems(content.ToArray())
        );
    }

    [Fact]
    public async Task Refuses_unknown_and_missing_columns_as_in_text()
    {
        Assert.Equal(
            [
                "test2:filename: unknown-column: column 1 is named \"filename\"; rename it to image_id; "
                    + "allowed columns: image_id, label, p0 to p2 (or logits, z0 to z2)",
                "test2:__index_level_0__: unknown-column: column 3 is named \"__index_level_0__\"; it is the index of a pandas table; "
                    + "remove it with to_parquet(..., index=False); allowed columns: image_id, label, p0 to p2 (or logits, z0 to z2)",
            ],
            ArraySample.Problems(await WriteAsync(1, ("filename", Ids), ("label", Labels), ("__index_level_0__", Ids)))
        );
        Assert.Equal(
            ["test2:image_id: missing-column: the file has no column image_id; it names the image of each row"],
            ArraySample.Problems(await WriteAsync(1, ("label", Labels)))
        );
    }

    [Fact]
    public async Task Refuses_too_many_rows_and_too_many_bytes()
    {
        var large = new long[100_009];
        Assert.Equal(
            ["test2: too-large: the file has 100,009 rows, but test2 has 4 images; nothing was read"],
            ArraySample.Problems(await WriteAsync(1, ("image_id", large), ("label", large)))
        );

        var file = await WriteAsync(1, ("image_id", large[..50_000]), ("label", large[..50_000]));
        Assert.Throws<UnpackLimitException>(() =>
            PredictionReader.Read(new MemoryStream(file), ArraySample.Target(), new ProblemList(), new UnpackBudget(1))
        );
        Assert.Equal(
            "test2: empty-file: the file has no rows; every image of test2 (4) needs one",
            Assert.Single(ArraySample.Problems(await WriteAsync(1, ("image_id", Array.Empty<long>()), ("label", Array.Empty<long>()))))
        );
    }

    [Fact]
    public async Task Damaged_files_have_one_problem()
    {
        var whole = await WriteAsync(1, ("image_id", Ids), ("label", Labels), ("p0", P(0)), ("p1", P(1)), ("p2", P(2)));
        const string Damaged =
            "test2: bad-encoding: the file starts like a Parquet file but cannot be read; it is damaged, was cut short, or is encrypted: "
            + "write it again";

        Assert.Equal(Damaged, Assert.Single(ArraySample.Problems(whole[..^5])));
        Assert.Equal(Damaged, Assert.Single(ArraySample.Problems("PAR1 and more"u8.ToArray())));
        for (var i = 4; i < whole.Length; i++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[i] ^= 0x15;
            var problems = new ProblemList();
            var predictions = PredictionReader.Read(new MemoryStream(damaged), ArraySample.Target(), problems, new UnpackBudget(1 << 20));
            Assert.Equal(problems.Count > 0, predictions is null);
        }
    }

    private static Task<byte[]> WriteAsync(int groups, params (string Name, object Values)[] columns) =>
        WriteAsync(groups, CompressionMethod.Snappy, columns);

    /// <summary>Writes columns in groups of equally many rows.</summary>
    private static async Task<byte[]> WriteAsync(int groups, CompressionMethod compression, params (string Name, object Values)[] columns)
    {
        DataField[] fields = [.. columns.Select(c => new DataField(c.Name, c.Values.GetType().GetElementType()!))];
        using var content = new MemoryStream();
        var options = new ParquetOptions { CompressionMethod = compression };
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), content, options))
        {
            for (var i = 0; i < groups; i++)
            {
                using var group = writer.CreateRowGroup();
                for (var c = 0; c < columns.Length; c++)
                {
                    await WriteAsync(group, fields[c], columns[c].Values, i, groups);
                }
            }
        }

        return content.ToArray();
    }

    private static Task WriteAsync(ParquetRowGroupWriter group, DataField field, object values, int part, int parts) =>
        values switch
        {
            string[] texts => group.WriteAsync(field, Part(texts, part, parts)),
            long[] v when v.GetType() == typeof(long[]) => group.WriteAsync<long>(field, Part(v, part, parts)),
            int[] v when v.GetType() == typeof(int[]) => group.WriteAsync<int>(field, Part(v, part, parts)),
            short[] v when v.GetType() == typeof(short[]) => group.WriteAsync<short>(field, Part(v, part, parts)),
            ushort[] v => group.WriteAsync<ushort>(field, Part(v, part, parts)),
            sbyte[] v when v.GetType() == typeof(sbyte[]) => group.WriteAsync<sbyte>(field, Part(v, part, parts)),
            byte[] v => group.WriteAsync<byte>(field, Part(v, part, parts)),
            uint[] v => group.WriteAsync<uint>(field, Part(v, part, parts)),
            ulong[] v => group.WriteAsync<ulong>(field, Part(v, part, parts)),
            bool[] v => group.WriteAsync<bool>(field, Part(v, part, parts)),
            double[] v => group.WriteAsync<double>(field, Part(v, part, parts)),
            DateTime[] v => group.WriteAsync<DateTime>(field, Part(v, part, parts)),
            long?[] v => group.WriteAsync<long>(field, Part(v, part, parts)),
            int?[] v => group.WriteAsync<int>(field, Part(v, part, parts)),
            float?[] v => group.WriteAsync<float>(field, Part(v, part, parts)),
            double?[] v => group.WriteAsync<double>(field, Part(v, part, parts)),
            _ => throw new NotSupportedException($"{values.GetType()}"),
        };

    private static T[] Part<T>(T[] values, int part, int parts) =>
        values[(part * values.Length / parts)..((part + 1) * values.Length / parts)];
}
