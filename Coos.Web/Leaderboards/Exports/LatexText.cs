using System.Text;

namespace Coos.Web.Leaderboards.Exports;

/// <summary>Text of people inside LaTeX and BibTeX.</summary>
internal static class LatexText
{
    /// <summary>
    /// The text with what LaTeX takes for commands written out. Braces become commands and not <c>\{</c>: BibTeX counts
    /// those too, and one without its partner would swallow the entries behind it.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            escaped.Append(
                letter switch
                {
                    '\\' => @"\textbackslash{}",
                    '{' => @"\textbraceleft{}",
                    '}' => @"\textbraceright{}",
                    '~' => @"\textasciitilde{}",
                    '^' => @"\textasciicircum{}",
                    '<' => @"\textless{}",
                    '>' => @"\textgreater{}",
                    '|' => @"\textbar{}",
                    '"' => @"\textquotedbl{}",
                    '&' or '%' or '$' or '#' or '_' => $@"\{letter}",
                    '\u2013' => "--",
                    '\u2212' => "$-$",
                    _ => letter.ToString(),
                }
            );
        }

        return escaped.ToString();
    }
}
