using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Coos.Server.Problems;
using Coos.Shared.Text;
using Coos.Shared.Text.Unicode;

namespace Coos.Server.Submissions;

/// <summary>Reads and validates the fields of a form, and collects their problems.</summary>
internal sealed partial class FieldChecks(SubmissionRequest form, List<FieldProblem> problems)
{
    /// <summary>Reads a required short text on one line.</summary>
    public string Name(string field, int maximum)
    {
        var text = ToLine(form[field]);
        if (text.EnumerateRunes().All(IsBlank))
        {
            Report(field, "required", $"{field} is empty; allowed: 1 to {maximum} characters");
        }
        else if (text.Length > maximum)
        {
            Report(
                field,
                "too-long",
                $"{field} has {text.Length:N0} characters; at most {maximum} are allowed, put the rest into description"
            );
        }
        else
        {
            CheckLine(field, text);
        }

        return text;
    }

    /// <summary>Reads an optional short text on one line; null if it is absent.</summary>
    public string? Line(string field, int maximum)
    {
        var text = ToLine(form[field]);
        if (text.EnumerateRunes().All(IsBlank))
        {
            return null;
        }

        if (text.Length > maximum)
        {
            Report(field, "too-long", $"{field} has {text.Length:N0} characters; at most {maximum} are allowed");
        }
        else
        {
            CheckLine(field, text);
        }

        return text;
    }

    /// <summary>Reads an optional whole number from 0; null if it is absent.</summary>
    public long? Count(string field, long maximum)
    {
        var text = form[field];
        if (text.Length == 0)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= maximum)
        {
            return number;
        }

        Report(field, "bad-value", $"{field} is not valid; allowed: a whole number from 0 to {maximum}, in digits only");
        return null;
    }

    /// <summary>Reads an optional text of several lines.</summary>
    public string? Text(string field, int maximum)
    {
        var text = form[field];
        if (text.Length > maximum)
        {
            Report(field, "too-long", $"{field} has {text.Length:N0} characters; at most {maximum:N0} are allowed");
        }
        else if (text.EnumerateRunes().Any(r => IsControl(r) && r.Value is not ('\n' or '\r' or '\t')))
        {
            Report(field, "bad-text", $"{field} contains control characters; use plain text");
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>Reads an optional URL.</summary>
    public string? Url(string field, int maximum)
    {
        var text = form[field];
        if (text.Length == 0)
        {
            return null;
        }

        var isUrl =
            Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
        if (!isUrl || text.Length > maximum)
        {
            Report(
                field,
                "bad-url",
                $"{field} is not a valid URL; allowed: at most {maximum} characters that start with https:// or http://"
            );
        }

        return text;
    }

    /// <summary>Reads an optional yes or no.</summary>
    public bool? YesOrNo(string field)
    {
        var text = form[field];
        var value = text.Length == 0 ? null : YesNo.Read(text);
        if (value is null && text.Length > 0)
        {
            Report(field, "bad-value", $"{field} is not valid; allowed: {YesNo.Allowed}");
        }

        return value;
    }

    /// <summary>Reads one of several words; the fallback if it is absent.</summary>
    public T OneOf<T>(string field, T fallback)
        where T : struct, Enum => OneOf<T>(field) ?? fallback;

    /// <summary>Reads one of several words; null if it is absent.</summary>
    public T? OneOf<T>(string field)
        where T : struct, Enum
    {
        var text = form[field];
        if (text.Length == 0)
        {
            return null;
        }

        if (Enum.GetNames<T>().FirstOrDefault(n => string.Equals(n, text, StringComparison.OrdinalIgnoreCase)) is { } name)
        {
            return Enum.Parse<T>(name);
        }

        var allowed = Enum.GetNames<T>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName);
        Report(field, "bad-value", $"{field} is not valid; allowed: {string.Join(", ", allowed)}");
        return null;
    }

    /// <summary>Whether a character is invisible. A name with only such characters could not be clicked.</summary>
    private static bool IsBlank(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Format
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark;

    /// <summary>
    /// Whether a character is a control character, a direction override, which could change how other rows of a page are
    /// displayed, or a Unicode noncharacter, which XML cannot contain.
    /// </summary>
    private static bool IsControl(Rune rune) =>
        Rune.IsControl(rune)
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or (>= 0xFDD0 and <= 0xFDEF)
        || (rune.Value & 0xFFFE) == 0xFFFE;

    /// <summary>
    /// Writes accents and spaces in one way, so that two names that look the same are the same: Unicode form C, and every space is the
    /// ordinary one.
    /// </summary>
    private static string ToLine(string text) =>
        Ascii.IsValid(text)
            ? text
            : UnicodeForm.ToC(string.Concat(text.Select(c => char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator ? ' ' : c)));

    private void CheckLine(string field, string text)
    {
        if (Markup().Match(text) is { Success: true } tag)
        {
            Report(field, "bad-text", $"{field} contains the markup {tag.Value.Shorten()}; write it as plain text");
        }
        else if (text.EnumerateRunes().FirstOrDefault(IsLineBreak) is { Value: > 0 } end)
        {
            Report(field, "bad-text", $"{field} contains a line break, U+{end.Value:X4}; write it on one line");
        }
        else if (InvisibleCharacter.Find(text) is { } invisible)
        {
            Report(
                field,
                "bad-text",
                $"{field} contains the invisible character {invisible.Name} at position {invisible.Position}; remove it"
            );
        }
        else if (text.EnumerateRunes().Where(IsControl).Select(r => (int?)r.Value).FirstOrDefault() is { } control)
        {
            Report(field, "bad-text", $"{field} contains the control character U+{control:X4}; remove it");
        }
    }

    private static bool IsLineBreak(Rune rune) =>
        rune.Value is '\n' or '\r' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>A tag of HTML. Names such as <c>ResNet -&gt; kNN</c> and <c>p &lt; 0.05</c> are not markup.</summary>
    [GeneratedRegex(@"</?[A-Za-z!?][^<>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Markup();

    private void Report(string field, string code, string message) => problems.Add(new FieldProblem(field, code, message));
}
