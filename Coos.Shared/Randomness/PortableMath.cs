namespace Coos.Shared.Randomness;

/// <summary>
/// Computes exponential and logarithm with +, -, * and / only. IEEE 754 rounds these (and the square root) the same way
/// everywhere. The functions of <see cref="Math"/> come from each platform's library and differ in the last digit, which would
/// occasionally change a pixel value.
/// </summary>
public static class PortableMath
{
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2E = 1.44269504088896340736;
    private const double SqrtHalf = 0.70710678118654752440;
    private const int ExponentBias = 1023;
    private const int MantissaBits = 52;

    // 1/2!, 1/3!, ..., 1/13!: the remainder is below 2^-53 for |r| <= ln(2)/2.
    private static readonly double[] InverseFactorials = CreateInverseFactorials();

    /// <summary>Computes e^x for |x| up to 700; 0 for smaller x.</summary>
    public static double Exp(double x)
    {
        if (x < -700)
        {
            return 0;
        }

        var k = Math.Floor((x * Log2E) + 0.5);
        var r = x - (k * Ln2High) - (k * Ln2Low);
        var sum = 0.0;
        for (var i = InverseFactorials.Length - 1; i >= 0; i--)
        {
            sum = (sum * r) + InverseFactorials[i];
        }

        return (1 + r + (r * r * sum)) * BitConverter.Int64BitsToDouble(((long)k + ExponentBias) << MantissaBits);
    }

    /// <summary>Computes the natural logarithm of a positive normal number.</summary>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> MantissaBits) - ExponentBias + 1;
        var mantissa = BitConverter.Int64BitsToDouble((bits & ((1L << MantissaBits) - 1)) | ((long)(ExponentBias - 1) << MantissaBits));
        if (mantissa < SqrtHalf)
        {
            mantissa *= 2;
            exponent--;
        }

        // log m = 2 artanh s; |s| <= 0.172, so 11 terms suffice.
        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        var sum = 0.0;
        for (var i = 21; i >= 1; i -= 2)
        {
            sum = (sum * square) + (1.0 / i);
        }

        return (2 * s * sum) + (exponent * Ln2Low) + (exponent * Ln2High);
    }

    private static double[] CreateInverseFactorials()
    {
        var values = new double[12];
        var factorial = 1.0;
        for (var i = 0; i < values.Length; i++)
        {
            factorial *= i + 2;
            values[i] = 1 / factorial;
        }

        return values;
    }
}
