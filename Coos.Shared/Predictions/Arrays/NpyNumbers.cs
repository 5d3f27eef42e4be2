using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Coos.Shared.Predictions.Arrays;

/// <summary>Converts the elements of NumPy arrays.</summary>
internal static class NpyNumbers
{
    /// <summary>Converts floating-point numbers.</summary>
    /// <param name="type">Their type.</param>
    /// <param name="bytes">The elements.</param>
    /// <param name="values">Receives the numbers; as many as there are elements.</param>
    public static void ReadFloats(NpyType type, ReadOnlySpan<byte> bytes, Span<double> values)
    {
        var isNative = type.IsBigEndian != BitConverter.IsLittleEndian;
        switch (type.Size)
        {
            case sizeof(float) when isNative:
                ClassProbabilities.Widen(MemoryMarshal.Cast<byte, float>(bytes), values);
                break;
            case sizeof(double) when isNative:
                MemoryMarshal.Cast<byte, double>(bytes).CopyTo(values);
                break;
            default:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = ReadFloat(type, bytes.Slice(i * type.Size, type.Size));
                }

                break;
        }
    }

    /// <summary>Converts a floating-point number.</summary>
    public static double ReadFloat(NpyType type, ReadOnlySpan<byte> element) =>
        (type.Size, type.IsBigEndian) switch
        {
            (2, false) => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
            (2, true) => (double)BinaryPrimitives.ReadHalfBigEndian(element),
            (4, false) => BinaryPrimitives.ReadSingleLittleEndian(element),
            (4, true) => BinaryPrimitives.ReadSingleBigEndian(element),
            (_, false) => BinaryPrimitives.ReadDoubleLittleEndian(element),
            (_, true) => BinaryPrimitives.ReadDoubleBigEndian(element),
        };

    /// <summary>Converts a whole number.</summary>
    public static Int128 ReadInteger(NpyType type, ReadOnlySpan<byte> element)
    {
        ulong bits = 0;
        for (var i = 0; i < element.Length; i++)
        {
            bits = (bits << 8) | element[type.IsBigEndian ? i : element.Length - 1 - i];
        }

        var unused = 64 - (8 * element.Length);
        return type.Kind == NpyKind.Signed ? (long)(bits << unused) >> unused : bits;
    }

    /// <summary>Writes an element as text: a whole number in decimal, a text in UTF-8.</summary>
    /// <param name="type">Its type; not that of floating-point numbers.</param>
    /// <param name="element">The element.</param>
    /// <param name="text">Receives the text; has room for the size of the element, and for 24 bytes.</param>
    /// <returns>The number of bytes.</returns>
    public static int WriteText(NpyType type, ReadOnlySpan<byte> element, Span<byte> text)
    {
        if (type.IsInteger)
        {
            ReadInteger(type, element).TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
            return length;
        }

        if (type.Kind == NpyKind.Bytes)
        {
            var bytes = element.TrimEnd((byte)0);
            bytes.CopyTo(text);
            return bytes.Length;
        }

        return WriteUtf32(type.IsBigEndian, element, text);
    }

    /// <summary>Writes a floating-point number as Python does, with a decimal point.</summary>
    public static string Text(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return double.IsNaN(value) ? "nan"
            : double.IsInfinity(value) ? (value < 0 ? "-inf" : "inf")
            : text.AsSpan().ContainsAny('.', 'E') ? text
            : text + ".0";
    }

    private static int WriteUtf32(bool isBigEndian, ReadOnlySpan<byte> element, Span<byte> text)
    {
        var (end, length) = (0, 0);
        for (var i = 0; i < element.Length; i += sizeof(uint))
        {
            var code = isBigEndian
                ? BinaryPrimitives.ReadUInt32BigEndian(element[i..])
                : BinaryPrimitives.ReadUInt32LittleEndian(element[i..]);
            var rune = Rune.IsValid(code) ? new Rune(code) : Rune.ReplacementChar;
            length += rune.EncodeToUtf8(text[length..]);
            end = code == 0 ? end : length; // NumPy fills short texts with zeros.
        }

        return end;
    }
}
