using System.Xml;

namespace Coos.Web.Discovery;

/// <summary>Text of people inside XML, which knows no control characters, not even escaped: one would spoil a whole feed.</summary>
internal static class XmlText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with what XML cannot hold replaced.</summary>
    public static string Of(string text)
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
