using System.Globalization;
using System.Text;
using Coos.Server.Problems;

namespace Coos.Server.Submissions;

/// <summary>Reads the fields of a form one by one and collects what is wrong with them.</summary>
internal sealed class FieldChecks(SubmissionRequest form, List<FieldProblem> problems)
{
    /// <summary>A short plain text on one line that must be there.</summary>
    public string Name(string field, int maximum)
    {
        var text = form[field];
        if (text.EnumerateRunes().All(IsBlank))
        {
            Report(field, "required", $"{field} is empty; give 1 to {maximum} characters");
        }
        else if (text.Length > maximum)
        {
            Report(field, "too-long", $"{field} has {text.Length:N0} characters; {maximum} are allowed, the rest belongs into description");
        }
        else if (
            text.AsSpan().IndexOfAny('<', '>') >= 0
            || text.EnumerateRunes()
                .Any(r => IsControl(r) || Rune.GetUnicodeCategory(r) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        )
        {
            Report(field, "bad-text", $"{field} holds markup or control characters; write plain text without < and >");
        }

        return text;
    }

    /// <summary>A longer text that may be absent.</summary>
    public string? Text(string field, int maximum)
    {
        var text = form[field];
        if (text.Length > maximum)
        {
            Report(field, "too-long", $"{field} has {text.Length:N0} characters; {maximum:N0} are allowed");
        }
        else if (text.EnumerateRunes().Any(r => IsControl(r) && r.Value is not ('\n' or '\r' or '\t')))
        {
            Report(field, "bad-text", $"{field} holds control characters; write plain text");
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>A web address that may be absent.</summary>
    public string? Url(string field, int maximum)
    {
        var text = form[field];
        if (text.Length == 0)
        {
            return null;
        }

        var isAddress =
            Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
        if (!isAddress || text.Length > maximum)
        {
            Report(
                field,
                "bad-url",
                $"{field} is not a valid URL; allowed: at most {maximum} characters that start with https:// or http://"
            );
        }

        return text;
    }

    /// <summary>Yes or no, or nothing said.</summary>
    public bool? YesOrNo(string field)
    {
        switch (form[field])
        {
            case "":
                return null;
            case "true" or "yes" or "on":
                return true;
            case "false" or "no":
                return false;
            default:
                Report(field, "bad-value", $"{field} is not understood; allowed: true, false");
                return null;
        }
    }

    /// <summary>One word of a few, the fallback where absent.</summary>
    public T OneOf<T>(string field, T fallback)
        where T : struct, Enum
    {
        var text = form[field];
        if (text.Length == 0)
        {
            return fallback;
        }

        if (Enum.GetNames<T>().FirstOrDefault(n => string.Equals(n, text, StringComparison.OrdinalIgnoreCase)) is { } name)
        {
            return Enum.Parse<T>(name);
        }

        Report(
            field,
            "bad-value",
            $"{field} is not understood; allowed: {string.Join(", ", Enum.GetNames<T>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName))}"
        );
        return fallback;
    }

    /// <summary>What leaves no mark on a page: a name of nothing else could not be clicked.</summary>
    private static bool IsBlank(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Format
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark;

    /// <summary>
    /// Control characters; those that turn the direction of the text around them, and so could make another's row read
    /// differently; and the code points that Unicode keeps from being characters, which XML cannot hold.
    /// </summary>
    private static bool IsControl(Rune rune) =>
        Rune.IsControl(rune)
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or (>= 0xFDD0 and <= 0xFDEF)
        || (rune.Value & 0xFFFE) == 0xFFFE;

    private void Report(string field, string code, string message) => problems.Add(new FieldProblem(field, code, message));
}
