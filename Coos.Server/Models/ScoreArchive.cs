using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Coos.Shared.Labels;

namespace Coos.Server.Models;

/// <summary>
/// Writes the scores of a run as a prediction file, an archive of NumPy arrays, so that they go the way of every other file.
/// </summary>
internal static class ScoreArchive
{
    /// <summary>Writes an archive.</summary>
    /// <param name="ids">The ids of the images.</param>
    /// <param name="name">The name of the scores: <c>probabilities</c> or <c>logits</c>.</param>
    /// <param name="scores">One score for each image and class, in the order of the ids.</param>
    /// <param name="classes">The number of classes.</param>
    public static byte[] Write(ImageIndex ids, string name, ReadOnlySpan<float> scores, int classes)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            WriteIds(archive, ids);
            using var entry = archive.CreateEntry($"{name}.npy", CompressionLevel.Fastest).Open();
            WriteHeader(entry, "<f4", string.Create(CultureInfo.InvariantCulture, $"({ids.Count}, {classes})"));
            entry.Write(MemoryMarshal.AsBytes(scores));
        }

        return stream.ToArray();
    }

    private static void WriteIds(ZipArchive archive, ImageIndex ids)
    {
        byte[][] texts = [.. Enumerable.Range(0, ids.Count).Select(i => Encoding.UTF8.GetBytes(ids.Id(i)))];
        var width = Math.Max(1, texts.Max(t => t.Length));
        using var entry = archive.CreateEntry("image_id.npy", CompressionLevel.Fastest).Open();
        WriteHeader(
            entry,
            string.Create(CultureInfo.InvariantCulture, $"|S{width}"),
            string.Create(CultureInfo.InvariantCulture, $"({ids.Count},)")
        );
        var padded = new byte[width];
        foreach (var text in texts)
        {
            Array.Clear(padded);
            text.CopyTo(padded, 0);
            entry.Write(padded);
        }
    }

    /// <summary>Writes the header of version 1.0 of the format: its size is a multiple of 64 bytes.</summary>
    private static void WriteHeader(Stream stream, string type, string shape)
    {
        const int Fixed = 10;
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        var length = ((Fixed + text.Length + 1 + 63) / 64 * 64) - Fixed;
        Span<byte> start = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(start[8..], (ushort)length);
        stream.Write(start);
        stream.Write(Encoding.ASCII.GetBytes(text.PadRight(length - 1) + "\n"));
    }
}
