using System.Buffers.Text;

namespace Coos.Shared.Predictions;

/// <summary>How far the sum of rounded probabilities may be from 1.</summary>
internal static class RoundedSum
{
    /// <summary>
    /// What is allowed for any notation. A bfloat16 has eight significant bits, so each probability is off by at most 1/512 of
    /// itself when it is rounded, and by 1/256 when it is cut off; so is their sum.
    /// </summary>
    public const double Tolerance = 1.0 / 256;

    /// <summary>More is never allowed: with hundreds of classes and few digits, nearly any numbers could be rounded ones.</summary>
    public const double Maximum = 0.25;

    /// <summary>
    /// The allowed difference for numbers with some decimals: half a unit of the last one, for each of the numbers. A line within
    /// it can be a distribution whose values were rounded.
    /// </summary>
    /// <param name="decimals">The digits after the point of the number that has most, or fewer than 1 for whole numbers.</param>
    /// <param name="count">How many numbers there are.</param>
    public static double Allowed(int decimals, int count) =>
        decimals < 1 ? Tolerance : Math.Max(Tolerance, Math.Min(Maximum, 0.5 * count * Math.Pow(10, -decimals)));

    /// <summary>Counts the digits after the point of a number, as if it were written without an exponent.</summary>
    public static int CountDecimals(ReadOnlySpan<byte> text)
    {
        var e = text.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf((byte)'.');
        return (point < 0 ? 0 : mantissa.Length - point - 1) - (e < 0 ? 0 : Exponent(text[(e + 1)..]));
    }

    private static int Exponent(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits is [(byte)'+', ..] ? digits[1..] : digits, out int exponent, out _) ? exponent : 0;
}
