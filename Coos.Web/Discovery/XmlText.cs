using System.Xml;

namespace Coos.Web.Discovery;

/// <summary>Cleans user text for XML. XML forbids most control characters, even escaped; a single one makes a feed invalid.</summary>
internal static class XmlText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Replaces each character that XML forbids with U+FFFD.</summary>
    public static string Clean(string text)
    {
        if (text.All(XmlConvert.IsXmlChar))
        {
            return text;
        }

        var clean = text.ToCharArray();
        for (var i = 0; i < clean.Length; i++)
        {
            if (i + 1 < clean.Length && XmlConvert.IsXmlSurrogatePair(clean[i + 1], clean[i]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(clean[i]))
            {
                clean[i] = Replacement;
            }
        }

        return new string(clean);
    }
}
