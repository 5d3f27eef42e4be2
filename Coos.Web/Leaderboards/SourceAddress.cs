using System.Text.RegularExpressions;

namespace Coos.Web.Leaderboards;

/// <summary>A source of published results that starts with a DOI or an arXiv number, with its URL.</summary>
/// <param name="Address">The URL of the publication.</param>
/// <param name="Name">The text of the link, such as <c>arXiv:2111.11646</c>.</param>
/// <param name="Rest">The text after the link, including a leading comma.</param>
internal sealed partial record SourceAddress(string Address, string Name, string Rest)
{
    /// <summary>Parses a source; null if it starts with neither identifier.</summary>
    public static SourceAddress? Parse(string source)
    {
        var match = Identifier().Match(source);
        return match.Success
            ? new SourceAddress(
                (match.Groups["doi"].Success ? "https://doi.org/" : "https://arxiv.org/abs/") + match.Groups["id"].Value,
                match.Value,
                source[match.Length..]
            )
            : null;
    }

    [GeneratedRegex(
        @"^(?:(?<doi>doi:)(?<id>10\.[0-9]{4,9}/[A-Za-z0-9._;()/-]*[A-Za-z0-9])|arXiv:(?<id>[0-9]{4}\.[0-9]{4,5}))",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Identifier();
}
