using System.Globalization;
using System.Text;

namespace Coos.Server.Images;

/// <summary>Names files after images, whose ids may have any characters.</summary>
internal static class ImageFileName
{
    private const int MaximumLength = 80;

    /// <summary>A name that every file system accepts, without folders: other characters than letters, digits, hyphens, dots and
    /// underscores become underscores. Two ids may have the same name.</summary>
    /// <param name="id">The image.</param>
    public static string Simplify(string id)
    {
        var name = new StringBuilder(id.Length);
        foreach (var letter in id.EnumerateRunes())
        {
            name.Append(letter.IsAscii && (Rune.IsLetterOrDigit(letter) || letter.Value is '-' or '_' or '.') ? (char)letter.Value : '_');
            if (name.Length == MaximumLength)
            {
                break;
            }
        }

        // A leading dot hides a file, and Windows drops a trailing one.
        return name.ToString().Trim('.') is { Length: > 0 } simple ? simple : "image";
    }

    /// <summary>The name of an image in an archive. Its number makes it unique, and no name of a device.</summary>
    /// <param name="number">The place of the image in the list, from 1.</param>
    /// <param name="id">The image.</param>
    public static string InArchive(int number, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"images/{number:0000}_{Simplify(id)}.tif");
}
