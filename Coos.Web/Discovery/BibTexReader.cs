using System.Text.RegularExpressions;

namespace Coos.Web.Discovery;

/// <summary>Reads the first entry of a BibTeX text; supports what the citation metadata of a benchmark needs.</summary>
internal static partial class BibTexReader
{
    /// <summary>
    /// For each accent command, pairs of a base letter and the accented letter. The pairs are written out because a process
    /// without ICU data cannot compose characters.
    /// </summary>
    private static readonly Dictionary<string, string> Accents = new(StringComparer.Ordinal)
    {
        ["\""] = "A\u00C4E\u00CBI\u00CFO\u00D6U\u00DCY\u0178a\u00E4e\u00EBi\u00EFo\u00F6u\u00FCy\u00FF",
        ["'"] =
            "A\u00C1E\u00C9I\u00CDO\u00D3U\u00DAY\u00DDC\u0106N\u0143S\u015AZ\u0179"
            + "a\u00E1e\u00E9i\u00EDo\u00F3u\u00FAy\u00FDc\u0107n\u0144s\u015Bz\u017A",
        ["`"] = "A\u00C0E\u00C8I\u00CCO\u00D2U\u00D9a\u00E0e\u00E8i\u00ECo\u00F2u\u00F9",
        ["^"] = "A\u00C2E\u00CAI\u00CEO\u00D4U\u00DBa\u00E2e\u00EAi\u00EEo\u00F4u\u00FB",
        ["~"] = "A\u00C3N\u00D1O\u00D5a\u00E3n\u00F1o\u00F5",
        ["="] = "A\u0100E\u0112I\u012AO\u014CU\u016Aa\u0101e\u0113i\u012Bo\u014Du\u016B",
        ["."] = "Z\u017BI\u0130E\u0116z\u017Ce\u0117",
        ["c"] = "C\u00C7S\u015ET\u0162c\u00E7s\u015Ft\u0163",
        ["v"] = "C\u010CS\u0160Z\u017DR\u0158E\u011AN\u0147D\u010Ec\u010Ds\u0161z\u017Er\u0159e\u011Bn\u0148d\u010F",
        ["u"] = "A\u0102G\u011Ea\u0103g\u011F",
        ["H"] = "O\u0150U\u0170o\u0151u\u0171",
        ["k"] = "A\u0104E\u0118a\u0105e\u0119",
        ["r"] = "A\u00C5U\u016Ea\u00E5u\u016F",
    };

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

    /// <summary>The work of the first entry; null if the text has no entry with a title.</summary>
    public static Citation? Read(string text)
    {
        var fields = FieldsOf(text);
        if (Field("title") is not { } title)
        {
            return null;
        }

        return new Citation
        {
            IsDataset = DatasetStart().IsMatch(text),
            Title = title,
            Authors = [.. AuthorsOf(fields.GetValueOrDefault("author", ""))],
            Date = Field("year") ?? Field("date"),
            Journal = Field("journal") ?? Field("journaltitle"),
            Proceedings = Field("booktitle"),
            Volume = Field("volume"),
            Pages = Field("pages") is { } pages ? PagesOf(pages) : null,
            Link = Field("url") is { } url && IsWebAddress(url) ? url : null,
            Doi = Field("doi") is { } doi ? Resolver().Replace(doi, "") : null,
        };

        string? Field(string name) => fields.TryGetValue(name, out var value) && Plain(value) is { Length: > 0 } plain ? plain : null;
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    /// <summary>The raw fields of the first entry; names ignore case.</summary>
    private static Dictionary<string, string> FieldsOf(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (Start().Match(text) is not { Success: true } start)
        {
            return fields;
        }

        var at = start.Index + start.Length;
        while (Name().Match(text, at) is { Success: true } name)
        {
            (var value, at) = ValueAt(text, name.Index + name.Length);
            fields.TryAdd(name.Groups["name"].Value, value);
        }

        return fields;
    }

    /// <summary>A value in braces, in quotes, or bare up to a comma, and the index after it.</summary>
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

            depth += text[i] switch
            {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
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

    /// <summary>A value as plain text: without braces, and with LaTeX commands replaced by their characters.</summary>
    private static string Plain(string value)
    {
        var text = Accent().Replace(value, m => WithAccent(m.Groups["letter"].Value[0], Accents[m.Groups["mark"].Value]));
        text = Letter().Replace(text, m => Letters[m.Groups["name"].Value]);
        text = text.Replace("\\&", "&", StringComparison.Ordinal)
            .Replace("\\%", "%", StringComparison.Ordinal)
            .Replace("\\_", "_", StringComparison.Ordinal)
            .Replace("\\#", "#", StringComparison.Ordinal)
            .Replace("\\$", "$", StringComparison.Ordinal)
            .Replace("---", "\u2014", StringComparison.Ordinal)
            .Replace("--", "\u2013", StringComparison.Ordinal)
            .Replace('~', ' ')
            .Replace("{", "", StringComparison.Ordinal)
            .Replace("}", "", StringComparison.Ordinal);
        return Space().Replace(text, " ").Trim();
    }

    /// <summary>A letter with an accent; the plain letter if the accented one does not exist.</summary>
    private static string WithAccent(char letter, string pairs)
    {
        for (var i = 0; i < pairs.Length; i += 2)
        {
            if (pairs[i] == letter)
            {
                return pairs[(i + 1)..(i + 2)];
            }
        }

        return letter.ToString();
    }

    [GeneratedRegex(@"@\w+\s*\{\s*[^,\s{}]*\s*,")]
    private static partial Regex Start();

    [GeneratedRegex(@"^[^@]*@(dataset|data)\s*\{", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex DatasetStart();

    [GeneratedRegex(@"\G[\s,]*(?<name>[A-Za-z][\w-]*)\s*=\s*", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(@"\s+and\s+(?![^{]*\})")]
    private static partial Regex And();

    [GeneratedRegex(
        """\\(?<mark>["'`^~=.])\s*\{?\\?(?<letter>[A-Za-z])\}?|\\(?<mark>[cvuHkr])(\s+|\s*\{)(?<letter>[A-Za-z])\}?""",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Accent();

    [GeneratedRegex(@"\\(?<name>ss|aa|AA|ae|AE|oe|OE|o|O|l|L|i)(\{\}|(?![A-Za-z])\s?)", RegexOptions.ExplicitCapture)]
    private static partial Regex Letter();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex("^(https?://(dx\\.)?doi\\.org/|doi:)", RegexOptions.IgnoreCase)]
    private static partial Regex Resolver();
}
