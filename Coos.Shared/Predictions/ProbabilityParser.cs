using System.Buffers.Text;

namespace Coos.Shared.Predictions;

/// <summary>Parses numbers from 0 to 1. What is outside by no more than rounding is 0 or 1.</summary>
internal static class ProbabilityParser
{
    /// <summary>
    /// Powers of ten up to 10^15. A decimal of at most 15 digits is an exact double divided by an exact double, so one
    /// division rounds correctly (Clinger, "How to read floating point numbers accurately", PLDI 1990).
    /// </summary>
    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>How far outside of 0 to 1 a number may be, as the results of 32-bit arithmetic are.</summary>
    public const double Noise = 1e-6;

    /// <summary>Parses a probability.</summary>
    /// <returns>False if the text is not a number from 0 to 1.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value) =>
        TryParsePlain(text, out value) || TryParseAny(text, out value);

    /// <summary>Parses 0.ddd, 1.000, 0 and 1 with at most 15 digits after the point.</summary>
    private static bool TryParsePlain(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > 17 || text[0] is not ((byte)'0' or (byte)'1') || (text.Length > 1 && text[1] != (byte)'.'))
        {
            return false;
        }

        long digits = text[0] - '0';
        for (var i = 2; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit > 9)
            {
                return false;
            }

            digits = (10 * digits) + digit;
        }

        value = digits / PowersOfTen[Math.Max(text.Length - 2, 0)];
        return value <= 1;
    }

    private static bool TryParseAny(ReadOnlySpan<byte> text, out double value)
    {
        var isNumber = Utf8Parser.TryParse(text, out value, out var read) && read == text.Length;
        if (!isNumber || value is not (>= -Noise and <= 1 + Noise))
        {
            return false;
        }

        value = Math.Clamp(value, 0, 1) + 0.0; // -0 and 0 are the same probability and must have the same hash
        return true;
    }
}
