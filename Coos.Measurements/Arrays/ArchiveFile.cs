using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Measurements.Arrays;

/// <summary>A NumPy archive with ids and probabilities, as numpy.savez writes it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Images">The number of its images.</param>
/// <param name="Target">What it is checked against.</param>
internal sealed record ArchiveFile(string Path, int Images, PredictionTarget Target)
{
    private const int Seed = 18;

    /// <summary>Writes an archive with random probabilities.</summary>
    public static ArchiveFile Write(string folder, int number, int images, int classes)
    {
        var path = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"coos-arrays-{number}.npz"));
        using (var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        {
            using (var ids = zip.CreateEntry("image_id.npy", CompressionLevel.NoCompression).Open())
            {
                ids.Write(Header("<i8", $"({images},)"));
                ids.Write(MemoryMarshal.AsBytes(Enumerable.Range(0, images).Select(i => (long)i).ToArray().AsSpan()));
            }

            using var scores = zip.CreateEntry("probabilities.npy", CompressionLevel.NoCompression).Open();
            WriteScores(scores, images, classes);
        }

        ClassLabel[] labels = [.. Enumerable.Range(0, classes).Select(k => new ClassLabel(k, $"class {k}", $"class {k}"))];
        var index = ImageIndex.Create([.. Enumerable.Range(0, images).Select(i => Encoding.UTF8.GetBytes($"{i}"))], out _);
        return new ArchiveFile(path, images, new PredictionTarget("test", index, new ClassNames(labels)));
    }

    private static void WriteScores(Stream content, int images, int classes)
    {
        content.Write(Header("<f4", $"({images}, {classes})"));
        var random = new Random(Seed);
        var row = new float[classes];
        for (var i = 0; i < images; i++)
        {
            var sum = 0f;
            for (var k = 0; k < classes; k++)
            {
                row[k] = random.NextSingle() + 1e-3f;
                sum += row[k];
            }

            for (var k = 0; k < classes; k++)
            {
                row[k] /= sum;
            }

            content.Write(MemoryMarshal.AsBytes(row.AsSpan()));
        }
    }

    private static byte[] Header(string type, string shape)
    {
        const int Prefix = 10;
        const int Alignment = 64;
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        text = text.PadRight(((Prefix + text.Length + Alignment) / Alignment * Alignment) - Prefix - 1) + "\n";
        var length = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. Encoding.ASCII.GetBytes(text)];
    }
}
