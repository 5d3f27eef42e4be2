using System.Numerics;
using System.Runtime.InteropServices;

namespace Coos.Shared.Datasets;

/// <summary>Converts samples back to the 16-bit integers that they were.</summary>
internal static class WholeSamples
{
    /// <summary>Narrows samples.</summary>
    /// <param name="source">Finite samples.</param>
    /// <param name="target">Receives as many integers.</param>
    /// <returns>The index of the first sample that is not a whole number from 0 to 65535, or -1.</returns>
    public static int Narrow(ReadOnlySpan<float> source, Span<ushort> target)
    {
        // Two vectors of floats make one of shorts; the scalar loop does the rest and finds the position of an invalid sample.
        var pairs = MemoryMarshal.Cast<float, Vector<float>>(source);
        var done = 0;
        for (var i = 0; i + 1 < pairs.Length; i += 2)
        {
            var (low, high) = (Vector.ConvertToInt32(pairs[i]), Vector.ConvertToInt32(pairs[i + 1]));
            if (!IsWhole(pairs[i], low) || !IsWhole(pairs[i + 1], high))
            {
                break;
            }

            Vector.AsVectorUInt16(Vector.Narrow(low, high)).CopyTo(target[done..]);
            done += 2 * Vector<float>.Count;
        }

        for (; done < source.Length; done++)
        {
            var sample = source[done];
            target[done] = (ushort)Math.Clamp(sample, ushort.MinValue, ushort.MaxValue);
            if (target[done] != sample)
            {
                return done;
            }
        }

        return -1;
    }

    private static bool IsWhole(Vector<float> samples, Vector<int> integers) =>
        Vector.EqualsAll(Vector.ConvertToSingle(integers), samples)
        && Vector.EqualsAll(integers & new Vector<int>(ushort.MaxValue), integers);
}
