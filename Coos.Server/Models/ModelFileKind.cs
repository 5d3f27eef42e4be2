using System.Text;

namespace Coos.Server.Models;

/// <summary>Recognises files that are sent in place of ONNX files, by their first bytes.</summary>
internal static class ModelFileKind
{
    /// <summary>The number of bytes that tell.</summary>
    public const int HeadBytes = 512;

    private const string Export = "export the network with torch.onnx.export, as docs/models.md shows";

    /// <summary>Says what a file is and what to do; null if it may be an ONNX file.</summary>
    /// <param name="head">The first bytes of the file.</param>
    public static string? Explain(ReadOnlySpan<byte> head) =>
        head.Length == 0 ? "the file is empty"
        : head.StartsWith("PK"u8)
            ? Encoding.Latin1.GetString(head).Contains("data.pkl", StringComparison.Ordinal)
                    ? $"the file is a PyTorch file (.pt, .pth); {Export}"
                : $"the file is a zip archive; send the .onnx file itself, or, if it is a PyTorch file, {Export}"
        : head is [0x80, 0x02 or 0x03 or 0x04 or 0x05, ..] ? $"the file is a Python pickle, such as an old PyTorch file; {Export}"
        : head.StartsWith("\x89HDF"u8) || head is [0x89, (byte)'H', (byte)'D', (byte)'F', ..]
            ? "the file is an HDF5 file, such as a Keras model; convert it with tf2onnx"
        : head is [0x1F, 0x8B, ..] ? "the file is compressed with gzip; send the .onnx file itself"
        : head is [_, _, _, _, (byte)'T', (byte)'F', (byte)'L', (byte)'3', ..]
            ? "the file is a TensorFlow Lite model; convert it with tf2onnx"
        : head.Length > 9 && head[8] == '{' && head[9] == '"' ? $"the file is a safetensors file, which has weights but no graph; {Export}"
        : head is [(byte)'{' or (byte)'<' or (byte)'#', ..] ? "the file is a text; send the .onnx file"
        : null;
}
