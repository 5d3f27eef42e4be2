using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Coos.Shared.Predictions;

/// <summary>Reads whole numbers that a program wrote as floating-point numbers: <c>3.0</c>, <c>1.000000e+00</c>, <c>1E+05</c>.</summary>
internal static partial class WholeNumber
{
    private const int MaximumLength = 60;

    /// <summary>Whether a text is a number with an exponent.</summary>
    public static bool IsScientific(string text) => text.Length <= MaximumLength && Float().Match(text).Groups["exponent"].Length > 0;

    /// <summary>Reads a whole number with a decimal point or an exponent.</summary>
    /// <param name="text">The text, without spaces.</param>
    /// <param name="digits">The number in decimal digits.</param>
    /// <returns>False if it is another number, or written without point and exponent.</returns>
    public static bool TryRead(string text, out string digits)
    {
        digits = "";
        var match = text.Length > MaximumLength ? Match.Empty : Float().Match(text);
        if (!match.Success || (match.Groups["fraction"].Value.Length == 0 && match.Groups["exponent"].Value.Length == 0))
        {
            return false;
        }

        var fraction = match.Groups["fraction"].Value.TrimStart('.', ',').TrimEnd('0');
        var exponent = match.Groups["exponent"].Value is { Length: > 0 } e ? int.Parse(e[1..], CultureInfo.InvariantCulture) : 0;
        var whole = match.Groups["whole"].Value;
        if (fraction.Length > exponent)
        {
            return false;
        }

        digits = BigInteger
            .Parse(whole + fraction + new string('0', exponent - fraction.Length), CultureInfo.InvariantCulture)
            .ToString(CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>Reads a small whole number with a decimal point or an exponent; -1 if it is none.</summary>
    public static int Read(ReadOnlySpan<byte> text) =>
        text.Length <= MaximumLength
        && TryRead(Encoding.UTF8.GetString(text), out var digits)
        && int.TryParse(digits, CultureInfo.InvariantCulture, out var number)
            ? number
            : -1;

    [GeneratedRegex(@"^\+?(?<whole>\d{1,20})(?<fraction>\.\d*|,\d*(?=[eE]))?(?<exponent>[eE]\+?\d{1,2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Float();
}
