using System.Numerics;
using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>Converts decoded rows of samples to single-precision floats.</summary>
internal static class TiffSamples
{
    /// <summary>Converts the first samples of a row.</summary>
    /// <param name="row">The decoded bytes in this machine's byte order.</param>
    /// <param name="format">The format of the samples.</param>
    /// <param name="target">Receives the samples; its length is their number.</param>
    public static void Convert(ReadOnlySpan<byte> row, TiffFormat format, Span<float> target)
    {
        switch (format.Kind, format.Bits)
        {
            case (SampleFormat.IEEEFP, 16):
                Widen(MemoryMarshal.Cast<byte, Half>(row), target);
                break;
            case (SampleFormat.IEEEFP, 64):
                Widen(MemoryMarshal.Cast<byte, double>(row), target);
                break;
            case (SampleFormat.IEEEFP, _):
                MemoryMarshal.Cast<byte, float>(row)[..target.Length].CopyTo(target);
                break;
            case (SampleFormat.INT, 8):
                Widen(MemoryMarshal.Cast<byte, sbyte>(row), target);
                break;
            case (SampleFormat.INT, 16):
                Widen(MemoryMarshal.Cast<byte, short>(row), target);
                break;
            case (SampleFormat.INT, _):
                Widen(MemoryMarshal.Cast<byte, int>(row), target);
                break;
            case (_, 8):
                Widen(row, target);
                break;
            case (_, 16):
                Widen(MemoryMarshal.Cast<byte, ushort>(row), target);
                break;
            case (_, 32):
                Widen(MemoryMarshal.Cast<byte, uint>(row), target);
                break;
            default:
                Unpack(row, format.Bits, target);
                break;
        }
    }

    private static void Widen<T>(ReadOnlySpan<T> row, Span<float> target)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = float.CreateTruncating(row[i]);
        }
    }

    /// <summary>Unpacks samples of fewer than 16 bits, which lie back to back from the highest bit of each byte on.</summary>
    private static void Unpack(ReadOnlySpan<byte> row, int bits, Span<float> target)
    {
        var (held, count, next) = (0u, 0, 0);
        for (var i = 0; i < target.Length; i++)
        {
            for (; count < bits; count += 8)
            {
                held = (held << 8) | row[next++];
            }

            count -= bits;
            target[i] = held >> count;
            held &= (1u << count) - 1;
        }
    }
}
