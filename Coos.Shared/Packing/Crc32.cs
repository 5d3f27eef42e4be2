using System.Buffers.Binary;

namespace Coos.Shared.Packing;

/// <summary>
/// The checksum of gzip and zip (RFC 1952, section 8), eight bytes at a time. .NET has it for its own streams alone, which
/// do not check it of a zip.
/// </summary>
internal struct Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Step = sizeof(ulong);

    private static readonly uint[] Tables = MakeTables();

    private uint _inverse;

    /// <summary>The checksum of what was appended so far.</summary>
    public readonly uint Value => _inverse;

    /// <summary>Goes on with some bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = ~_inverse;
        var tables = Tables.AsSpan();
        for (; bytes.Length >= Step; bytes = bytes[Step..])
        {
            var eight = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
            crc = 0;
            for (var i = 0; i < Step; i++)
            {
                crc ^= tables[((Step - 1 - i) << 8) | (byte)(eight >> (8 * i))];
            }
        }

        foreach (var one in bytes)
        {
            crc = tables[(byte)(crc ^ one)] ^ (crc >> 8);
        }

        _inverse = ~crc;
    }

    /// <summary>For each of eight places the checksum of a byte there.</summary>
    private static uint[] MakeTables()
    {
        var tables = new uint[Step << 8];
        for (var value = 0u; value < 256; value++)
        {
            var crc = value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }

            tables[value] = crc;
        }

        for (var i = 256; i < tables.Length; i++)
        {
            tables[i] = tables[(byte)tables[i - 256]] ^ (tables[i - 256] >> 8);
        }

        return tables;
    }
}
