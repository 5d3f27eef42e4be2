using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Coos.Shared.Delimited;

/// <summary>
/// Finds every delimiter and line feed in a block of text, 32 bytes at a time. This first stage makes the reader fast:
/// the second stage only walks the positions and does not search for the end of a field.
/// (The two stages follow Langdale and Lemire, "Parsing gigabytes of JSON per second", VLDB Journal 2019.)
/// </summary>
internal static class SeparatorScanner
{
    private const byte LineFeed = (byte)'\n';
    private const byte Quote = (byte)'"';
    private const byte HighBit = 0x80;

    /// <summary>Writes the positions of all separators of <paramref name="text"/> into <paramref name="positions"/>, ascending.</summary>
    /// <param name="text">The block; the caller handles a line that continues beyond it.</param>
    /// <param name="delimiter">The field delimiter, an ASCII byte other than quote and line feed.</param>
    /// <param name="offset">Added to every position written.</param>
    /// <param name="positions">Receives the positions; as long as <paramref name="text"/>.</param>
    public static ScanResult Scan(ReadOnlySpan<byte> text, byte delimiter, int offset, Span<int> positions)
    {
        var result = ScanUnquoted(text, delimiter, offset, positions);
        return result.HasQuotes ? result with { Count = ScanQuoted(text, delimiter, offset, positions) } : result;
    }

    private static ScanResult ScanUnquoted(ReadOnlySpan<byte> text, byte delimiter, int offset, Span<int> positions)
    {
        ref var first = ref MemoryMarshal.GetReference(text);
        var delimiters = Vector256.Create(delimiter);
        var lineFeeds = Vector256.Create(LineFeed);
        var quotes = Vector256.Create(Quote);
        var seenQuotes = Vector256<byte>.Zero;
        var seenBits = Vector256<byte>.Zero;
        var count = 0;
        var at = 0;
        for (; at <= text.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var block = Vector256.LoadUnsafe(ref first, (nuint)at);
            seenBits |= block;
            seenQuotes |= Vector256.Equals(block, quotes);
            var mask = (Vector256.Equals(block, delimiters) | Vector256.Equals(block, lineFeeds)).ExtractMostSignificantBits();
            for (; mask != 0; mask &= mask - 1)
            {
                positions[count++] = offset + at + BitOperations.TrailingZeroCount(mask);
            }
        }

        var hasQuotes = seenQuotes != Vector256<byte>.Zero;
        var isAscii = seenBits.ExtractMostSignificantBits() == 0;
        for (; at < text.Length; at++)
        {
            var value = text[at];
            hasQuotes |= value == Quote;
            isAscii &= value < HighBit;
            if (value == delimiter || value == LineFeed)
            {
                positions[count++] = offset + at;
            }
        }

        return new ScanResult(count, hasQuotes, isAscii);
    }

    /// <summary>
    /// Scans a block with quotes: a delimiter inside a quoted field is not a separator. A line feed always is, and ends the
    /// quoting.
    /// </summary>
    private static int ScanQuoted(ReadOnlySpan<byte> text, byte delimiter, int offset, Span<int> positions)
    {
        var count = 0;
        var inside = false;
        var opensAt = 0; // where a quote would open: the start of a field, or right after a closing quote (a doubled one)
        for (var at = 0; at < text.Length; at++)
        {
            var value = text[at];
            if (value == Quote)
            {
                opensAt = inside ? at + 1 : opensAt;
                inside = !inside && opensAt == at;
            }
            else if (value == LineFeed || (value == delimiter && !inside))
            {
                positions[count++] = offset + at;
                inside = false;
                opensAt = at + 1;
            }
        }

        return count;
    }
}

/// <summary>The result of scanning a block.</summary>
/// <param name="Count">The number of separators.</param>
/// <param name="HasQuotes">Whether the block holds a quote character.</param>
/// <param name="IsAscii">Whether every byte is below 128.</param>
internal readonly record struct ScanResult(int Count, bool HasQuotes, bool IsAscii);
