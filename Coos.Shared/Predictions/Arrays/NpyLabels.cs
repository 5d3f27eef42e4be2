using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Coos.Shared.Predictions.Arrays;

/// <summary>Writes labels as a NumPy array.</summary>
public static class NpyLabels
{
    /// <summary>The header is filled with spaces so that the elements start at a multiple of this.</summary>
    private const int Alignment = 64;

    private const int PrefixLength = 10;

    /// <summary>Writes labels as an <c>.npy</c> file of 32-bit numbers, one per image.</summary>
    /// <param name="labels">The class indices.</param>
    /// <param name="content">Receives the file; left open.</param>
    public static void Write(ReadOnlySpan<int> labels, Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var header = string.Create(
            CultureInfo.InvariantCulture,
            $"{{'descr': '<i4', 'fortran_order': False, 'shape': ({labels.Length},), }}"
        );
        var unaligned = (PrefixLength + header.Length + 1) % Alignment;
        header += new string(' ', (Alignment - unaligned) % Alignment) + "\n";

        Span<byte> prefix = [0x93, .. "NUMPY"u8, 1, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(prefix[8..], (ushort)header.Length);
        content.Write(prefix);
        content.Write(Encoding.ASCII.GetBytes(header));
        Span<byte> element = stackalloc byte[sizeof(int)];
        foreach (var label in labels)
        {
            BinaryPrimitives.WriteInt32LittleEndian(element, label);
            content.Write(element);
        }
    }
}
