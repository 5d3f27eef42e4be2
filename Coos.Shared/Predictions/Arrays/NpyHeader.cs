using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Coos.Shared.Predictions.Arrays;

/// <summary>The header of a NumPy array: the type of its elements, their order and its shape.</summary>
/// <remarks>Format: NumPy Enhancement Proposal 1, and numpy.lib.format for versions 2.0 and 3.0.</remarks>
/// <param name="Type">The type of the elements.</param>
/// <param name="IsFortranOrder">Whether columns follow each other rather than rows.</param>
/// <param name="Shape">The number of elements along each axis.</param>
internal sealed record NpyHeader(NpyType Type, bool IsFortranOrder, IReadOnlyList<long> Shape)
{
    /// <summary>The header of an array with named fields can be long; that of one with numbers or text has about 120 bytes.</summary>
    private const int MaximumLength = 1 << 16;

    private const int PrefixLength = 8;

    /// <summary>The number of elements along the first axis; 1 for a single number.</summary>
    public long Rows => Shape.Count == 0 ? 1 : Shape[0];

    /// <summary>The shape as Python writes it, such as <c>(192, 7)</c>.</summary>
    public string ShapeText => Text(Shape);

    /// <summary>Reads a header.</summary>
    /// <param name="content">The file, at its start; afterwards at the first element.</param>
    /// <param name="error">What is wrong, after the name of the array, if it cannot be read.</param>
    /// <returns>The header; null if the array cannot be read.</returns>
    public static NpyHeader? Read(Stream content, out string error)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        var read = content.ReadAtLeast(prefix, PrefixLength, throwOnEndOfStream: false);
        if (PredictionFormats.Detect(prefix[..read]) != PredictionFormat.Array)
        {
            error = "is not a NumPy array: it does not start with its signature";
            return null;
        }

        if (read < PrefixLength || ReadText(content, prefix[6]) is not { } text)
        {
            error = "is cut short: its header is not complete";
            return null;
        }

        error = $"has a header of version {prefix[6]}.{prefix[7]}; versions 1.0 to 3.0 are read";
        return prefix[6] is 1 or 2 or 3 ? Parse(text, out error) : null;
    }

    /// <summary>Formats a shape as Python does.</summary>
    public static string Text(IReadOnlyList<long> shape) =>
        shape.Count == 1
            ? FormattableString.Invariant($"({shape[0]},)")
            : $"({string.Join(", ", shape.Select(n => n.ToString(CultureInfo.InvariantCulture)))})";

    /// <summary>Reads the text of the header; empty for one that is too long, null if the file ends in it.</summary>
    private static string? ReadText(Stream content, byte version)
    {
        Span<byte> size = stackalloc byte[version == 1 ? sizeof(ushort) : sizeof(uint)];
        if (content.ReadAtLeast(size, size.Length, throwOnEndOfStream: false) < size.Length)
        {
            return null;
        }

        var length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > MaximumLength)
        {
            return "";
        }

        var bytes = new byte[length];
        var read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read < bytes.Length ? null : Encoding.UTF8.GetString(bytes);
    }

    private static NpyHeader? Parse(string text, out string error)
    {
        error = "has a header that is not valid; save the array again with numpy.save or numpy.savez";
        var values = PythonDictionary.Parse(text);
        if (values is null || !values.TryGetValue("descr", out var descr) || !values.TryGetValue("shape", out var shape))
        {
            return null;
        }

        if (descr is not string type)
        {
            error = "has named fields (a structured dtype); save one array per field with numpy.savez";
            return null;
        }

        var order = values.GetValueOrDefault("fortran_order");
        if (shape is not IReadOnlyList<long> sizes || order is not bool isFortranOrder)
        {
            return null;
        }

        return NpyType.Parse(type, out error) is { } parsed ? new NpyHeader(parsed, isFortranOrder, sizes) : null;
    }
}
