namespace Coos.Shared.Text;

/// <summary>Reads a yes or no as people and programs write it: <c>True</c>, <c>1</c>, <c>yes</c>, in any case.</summary>
public static class YesNo
{
    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed = "true, false";

    private static readonly string[] Yes = ["true", "t", "yes", "y", "on", "1"];
    private static readonly string[] No = ["false", "f", "no", "n", "off", "0"];

    /// <summary>Reads a text, ignoring case and spaces around it.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it means yes; null if it is neither yes nor no.</returns>
    public static bool? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var word = text.Trim();
        return Yes.Contains(word, StringComparer.OrdinalIgnoreCase) ? true
            : No.Contains(word, StringComparer.OrdinalIgnoreCase) ? false
            : null;
    }
}
