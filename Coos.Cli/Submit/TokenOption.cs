using System.CommandLine;
using System.Globalization;
using System.Text;

namespace Coos.Cli.Submit;

/// <summary>The value of <c>--token</c>.</summary>
internal static class TokenOption
{
    /// <summary>The byte order mark, which some editors write at the start of a file that a token is read from.</summary>
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Removes white space around a token: <c>--token "$(cat FILE)"</c> on Windows keeps the CR of the line end.</summary>
    /// <returns>Null for null.</returns>
    public static string? Clean(string? token) => token?.Trim().Trim(ByteOrderMark).Trim();

    /// <summary>Rejects a token that cannot be sent. The message never shows the token, only the character that is wrong.</summary>
    public static void Validate(Option<string> option) =>
        option.Validators.Add(result =>
        {
            var token = Clean(result.GetValueOrDefault<string>()) ?? "";
            var position = 0;
            foreach (var rune in token.EnumerateRunes())
            {
                position++;
                if (rune.Value is <= 0x20 or >= 0x7F)
                {
                    result.AddError(
                        $"{option.Name} has {Name(rune)} as character {position.ToString(CultureInfo.InvariantCulture)}; "
                            + "a token has letters, digits and punctuation of ASCII only, so copy it again from the server's page Account"
                    );
                    return;
                }
            }

            if (token.Length == 0)
            {
                result.AddError($"{option.Name} is empty; omit it, or copy a token from the server's page Account");
            }
        });

    private static string Name(Rune rune) =>
        rune.Value switch
        {
            ' ' => "a space",
            '\n' or '\r' => "a line end",
            '\t' => "a tab",
            < 0x20 or 0x7F => string.Create(CultureInfo.InvariantCulture, $"the control character U+{rune.Value:X4}"),
            _ when Rune.IsLetterOrDigit(rune) || Rune.IsPunctuation(rune) || Rune.IsSymbol(rune) => string.Create(
                CultureInfo.InvariantCulture,
                $"{rune} (U+{rune.Value:X4}), which is not ASCII,"
            ),
            _ => string.Create(CultureInfo.InvariantCulture, $"the invisible character U+{rune.Value:X4}"),
        };
}
