using System.Text;

namespace Coos.Web.Leaderboards.Exports;

/// <summary>Escapes user text for LaTeX and BibTeX.</summary>
internal static class LatexText
{
    /// <summary>
    /// Escapes LaTeX's special characters. Braces become commands instead of <c>\{</c>, because BibTeX also counts escaped
    /// braces, and an unbalanced one would swallow the following entries.
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
