using System.Text;
using System.Text.RegularExpressions;

namespace Coos.Web.Discovery;

/// <summary>Reads the first entry of a BibTeX text, well enough to say to others what a benchmark wants to be cited as.</summary>
internal static partial class BibTexReader
{
    /// <summary>Commands of accents...</summary>
    private const string Accents = "\"'`^~=.cvuHkr";

    /// <summary>... and the combining marks of Unicode that they stand for.</summary>
    private const string Marks = "\u0308\u0301\u0300\u0302\u0303\u0304\u0307\u0327\u030C\u0306\u030B\u0328\u030A";

    private static readonly Dictionary<string, string> Letters = new(StringComparer.Ordinal)
    {
        ["ss"] = "\u00DF",
        ["o"] = "\u00F8",
        ["O"] = "\u00D8",
        ["l"] = "\u0142",
        ["L"] = "\u0141",
        ["aa"] = "\u00E5",
        ["AA"] = "\u00C5",
        ["ae"] = "\u00E6",
        ["AE"] = "\u00C6",
        ["oe"] = "\u0153",
        ["OE"] = "\u0152",
        ["i"] = "\u0131",
    };

    /// <summary>The work that the text cites; null where there is no entry with a title in it.</summary>
    public static Citation? Read(string text)
    {
        var fields = FieldsOf(text);
        if (!fields.TryGetValue("title", out var title))
        {
            return null;
        }

        return new Citation
        {
            Title = Plain(title),
            Authors = [.. AuthorsOf(fields.GetValueOrDefault("author", ""))],
            Date = Field("year") ?? Field("date"),
            Journal = Field("journal") ?? Field("journaltitle"),
            Proceedings = Field("booktitle"),
            Volume = Field("volume"),
            Pages = Field("pages") is { } pages ? PagesOf(pages) : null,
            Doi = Field("doi") is { } doi ? Resolver().Replace(doi, "") : null,
        };

        string? Field(string name) => fields.TryGetValue(name, out var value) && Plain(value) is { Length: > 0 } plain ? plain : null;
    }

    /// <summary>The fields of the first entry, as they stand, by their names in lower case.</summary>
    private static Dictionary<string, string> FieldsOf(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (Start().Match(text) is not { Success: true } start)
        {
            return fields;
        }

        for (var at = start.Index + start.Length; Name().Match(text, at) is { Success: true } name;)
        {
            (var value, at) = ValueAt(text, name.Index + name.Length);
            fields.TryAdd(name.Groups["name"].Value, value);
        }

        return fields;
    }

    /// <summary>A value in braces, in quotes, or bare up to a comma; and where it ends.</summary>
    private static (string Value, int End) ValueAt(string text, int at)
    {
        if (at >= text.Length || text[at] is not ('{' or '"'))
        {
            var end = text.AsSpan(Math.Min(at, text.Length)).IndexOfAny(',', '}') is >= 0 and var length ? at + length : text.Length;
            return (text[Math.Min(at, end)..end].Trim(), end);
        }

        var (closing, depth) = (text[at] == '{' ? '}' : '"', 0);
        for (var i = at + 1; i < text.Length; i++)
        {
            if (depth == 0 && text[i] == closing)
            {
                return (text[(at + 1)..i], i + 1);
            }

            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
        }

        return (text[(at + 1)..], text.Length);
    }

    private static IEnumerable<CitedAuthor> AuthorsOf(string value)
    {
        foreach (var author in And().Split(value).Select(a => a.Trim()).Where(a => a.Length > 0 && a != "others"))
        {
            if (author.StartsWith('{') && author.EndsWith('}'))
            {
                yield return new CitedAuthor(Plain(author));
                continue;
            }

            // "Family, Given", "Family, Jr., Given" or "Given Family".
            var parts = author.Split(',').Select(Plain).Where(p => p.Length > 0).ToList();
            var words = parts.Count == 1 ? parts[0].Split(' ') : [];
            var (family, given) = parts.Count switch
            {
                0 => ("", null),
                1 => (words[^1], words.Length > 1 ? string.Join(' ', words[..^1]) : null),
                _ => (parts[0], parts[^1]),
            };
            if (family.Length > 0)
            {
                yield return new CitedAuthor(given is null ? family : $"{given} {family}", family, given);
            }
        }
    }

    private static (string First, string? Last) PagesOf(string pages)
    {
        var parts = pages.Split(['-', '\u2013'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (parts.FirstOrDefault() ?? pages, parts.Length > 1 ? parts[1] : null);
    }

    /// <summary>A value as people read it: without braces, with the letters that LaTeX writes as commands.</summary>
    private static string Plain(string value)
    {
        var text = Accent().Replace(value, m => (m.Groups["letter"].Value + Marks[Accents.IndexOf(m.Groups["mark"].Value[0], StringComparison.Ordinal)]).Normalize(NormalizationForm.FormC));
        text = Letter().Replace(text, m => Letters[m.Groups["name"].Value]);
        text = text.Replace("\\&", "&", StringComparison.Ordinal).Replace("\\%", "%", StringComparison.Ordinal).Replace("\\_", "_", StringComparison.Ordinal)
            .Replace("\\#", "#", StringComparison.Ordinal).Replace("\\$", "$", StringComparison.Ordinal)
            .Replace("---", "\u2014", StringComparison.Ordinal).Replace("--", "\u2013", StringComparison.Ordinal)
            .Replace('~', ' ').Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
        return Space().Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"@\w+\s*\{\s*[^,\s{}]*\s*,")]
    private static partial Regex Start();

    [GeneratedRegex(@"\G[\s,]*(?<name>[A-Za-z][\w-]*)\s*=\s*", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(@"\s+and\s+(?![^{]*\})")]
    private static partial Regex And();

    [GeneratedRegex("""\\(?<mark>["'`^~=.])\s*\{?\\?(?<letter>[A-Za-z])\}?|\\(?<mark>[cvuHkr])(\s+|\s*\{)(?<letter>[A-Za-z])\}?""", RegexOptions.ExplicitCapture)]
    private static partial Regex Accent();

    [GeneratedRegex(@"\\(?<name>ss|aa|AA|ae|AE|oe|OE|o|O|l|L|i)(\{\}|(?![A-Za-z])\s?)", RegexOptions.ExplicitCapture)]
    private static partial Regex Letter();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex("^(https?://(dx\\.)?doi\\.org/|doi:)", RegexOptions.IgnoreCase)]
    private static partial Regex Resolver();
}
