using System.Buffers.Binary;

namespace Coos.Shared.Packing;

/// <summary>
/// Class indices in as few bytes as they need: one byte each if all are below 255, else the byte 255 followed by two bytes each, the
/// low one first.
/// </summary>
public static class PackedClasses
{
    private const byte IsWide = byte.MaxValue;

    /// <summary>Packs class indices.</summary>
    /// <param name="classes">One class index per image.</param>
    public static byte[] Pack(ReadOnlySpan<ushort> classes)
    {
        var packed = new byte[classes.Length];
        for (var i = 0; i < classes.Length; i++)
        {
            if (classes[i] >= IsWide)
            {
                return PackWide(classes);
            }

            packed[i] = (byte)classes[i];
        }

        return packed;
    }

    /// <summary>Unpacks class indices.</summary>
    /// <param name="packed">The result of <see cref="Pack"/>.</param>
    /// <returns>One class index per image.</returns>
    /// <exception cref="ArgumentException">The bytes are not those of <see cref="Pack"/>.</exception>
    public static ushort[] Unpack(ReadOnlySpan<byte> packed)
    {
        if (packed is not [IsWide, .. var wide])
        {
            var narrow = new ushort[packed.Length];
            for (var i = 0; i < narrow.Length; i++)
            {
                narrow[i] = packed[i];
            }

            return narrow;
        }

        if (wide.Length % sizeof(ushort) != 0)
        {
            throw new ArgumentException($"{packed.Length} bytes are not packed class indices.", nameof(packed));
        }

        var classes = new ushort[wide.Length / sizeof(ushort)];
        for (var i = 0; i < classes.Length; i++)
        {
            classes[i] = BinaryPrimitives.ReadUInt16LittleEndian(wide[(i * sizeof(ushort))..]);
        }

        return classes;
    }

    private static byte[] PackWide(ReadOnlySpan<ushort> classes)
    {
        var packed = new byte[1 + (classes.Length * sizeof(ushort))];
        packed[0] = IsWide;
        for (var i = 0; i < classes.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(packed.AsSpan(1 + (i * sizeof(ushort))), classes[i]);
        }

        return packed;
    }
}
