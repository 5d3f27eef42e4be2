using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Packing;
using Coos.Shared.Predictions;

namespace Coos.Shared.Tests.Predictions;

/// <summary>A benchmark of three classes and four images, and arrays that predict them.</summary>
internal static class ArraySample
{
    /// <summary>Probabilities of each image; their classes are 0, 2, 1, 0.</summary>
    public static readonly double[] P = [0.7, 0.2, 0.1, 0.1, 0.3, 0.6, 0.25, 0.5, 0.25, 0.4, 0.3, 0.3];

    public static readonly Benchmark Benchmark = new()
    {
        Slug = "sample",
        Name = "Sample",
        Summary = "Three classes.",
        Classes = [new(0, "Endoplasmic Reticulum", "ER"), new(1, "Golgi", "Golgi"), new(2, "β-Tubulin", "Tub")],
        Splits =
        [
            new Split("test1", SplitRole.InDistribution, "Test1", "", null, ""),
            new Split("test2", SplitRole.Shifted, "Test2", "", null, ""),
        ],
        Ranking = new Ranking(Metrics.MetricId.BalancedError, ["test2"]),
    };

    public static ImageIndex Images(params string[] ids) => ImageIndex.Create([.. ids.Select(Encoding.UTF8.GetBytes)], out _);

    /// <summary>Split test2 with images 0 to 3; test1 has 0 and 1.</summary>
    public static PredictionTarget Target() =>
        new("test2", Images("0", "1", "2", "3"), Benchmark.ClassNames)
        {
            OtherSplits = new Dictionary<string, ImageIndex> { ["test1"] = Images("0", "1") },
        };

    /// <summary>Writes an array as numpy.save does.</summary>
    public static byte[] Npy(string descr, string shape, byte[] elements, string order = "False") =>
        NpyHeader($"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}", elements);

    /// <summary>Writes an array with any header.</summary>
    public static byte[] NpyHeader(string header, params byte[] elements)
    {
        var text = Encoding.Latin1.GetBytes(header.PadRight(((header.Length + 11 + 63) / 64 * 64) - 11) + "\n");
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. text, .. elements];
    }

    /// <summary>An array of class indices.</summary>
    public static byte[] Labels(params int[] labels) => Npy("<i4", $"({labels.Length},)", [.. labels.SelectMany(BitConverter.GetBytes)]);

    /// <summary>An array of scores with a row per image.</summary>
    public static byte[] Scores(params double[] values) =>
        Npy("<f8", $"({values.Length / 3}, 3)", [.. values.SelectMany(BitConverter.GetBytes)]);

    /// <summary>An array of texts.</summary>
    public static byte[] Texts(params string[] texts)
    {
        var length = texts.Max(t => t.Length);
        return Npy($"<U{length}", $"({texts.Length},)", [.. texts.SelectMany(t => Encoding.UTF32.GetBytes(t.PadRight(length, '\0')))]);
    }

    /// <summary>Packs files.</summary>
    public static byte[] Zip(params (string Name, byte[] Content)[] files) => Zip(CompressionLevel.NoCompression, files);

    /// <summary>Packs files.</summary>
    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] files)
    {
        using var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return content.ToArray();
    }

    /// <summary>Reads a file as it is stored after an upload: from a stream that cannot seek, too.</summary>
    public static (PredictionSet? Predictions, ProblemList Problems) Read(byte[] file, PredictionTarget? target = null)
    {
        var problems = new ProblemList();
        var predictions = PredictionReader.Read(new MemoryStream(file), target ?? Target(), problems);
        var again = new ProblemList();
        var streamed = PredictionReader.Read(new ForwardStream(file), target ?? Target(), again);
        Assert.Equal(problems.Items, again.Items);
        Assert.Equal(predictions?.Hash, streamed?.Hash);
        Assert.Equal(problems.Count > 0, predictions is null);
        return (predictions, problems);
    }

    /// <summary>Reads a file that must be valid.</summary>
    public static PredictionSet ReadGood(byte[] file, PredictionTarget? target = null)
    {
        var (predictions, problems) = Read(file, target);
        Assert.Empty(problems.Items);
        return predictions!;
    }

    /// <summary>Reads the problems of a file as they are printed.</summary>
    public static string[] Problems(byte[] file, PredictionTarget? target = null) =>
        [.. Read(file, target).Problems.Items.Select(p => p.ToString())];

    /// <summary>A stream that gives few bytes at a time and cannot seek.</summary>
    private sealed class ForwardStream(byte[] content) : ReadOnlyStream
    {
        private int _position;

        public override int Read(Span<byte> buffer)
        {
            var length = Math.Min(Math.Min(buffer.Length, 7), content.Length - _position);
            content.AsSpan(_position, length).CopyTo(buffer);
            _position += length;
            return length;
        }
    }
}
