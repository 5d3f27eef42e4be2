using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Coos.Shared.Labels;

namespace Coos.Shared.Predictions;

/// <summary>
/// Recognises a file whose ids are all one too high or one too low, such as 1 to n where the split has 0 to n-1. Most of its ids
/// exist, so to mend only the others would give each prediction to the wrong image.
/// </summary>
internal static partial class ShiftedIds
{
    /// <summary>Finds the number that every id of a file is too high by.</summary>
    /// <param name="images">The images of the split.</param>
    /// <param name="isSeen">Whether the file has an image.</param>
    /// <param name="unknown">The ids of the file that the split does not have.</param>
    /// <returns>1 or -1; 0 if the ids are not shifted.</returns>
    public static int Find(ImageIndex images, Predicate<int> isSeen, IReadOnlyList<byte[]> unknown)
    {
        if (unknown.Count == 0 || unknown.Count > images.Count)
        {
            return 0;
        }

        List<byte[]> ids = [.. unknown];
        for (var image = 0; image < images.Count && ids.Count <= images.Count; image++)
        {
            if (isSeen(image))
            {
                ids.Add(images.Utf8Id(image).ToArray());
            }
        }

        return ids.Count != images.Count ? 0
            : AreShifted(images, ids, 1) ? 1
            : AreShifted(images, ids, -1) ? -1
            : 0;
    }

    /// <summary>Adds to the last number in an id, with its zeros in front; null if it has none or would be negative.</summary>
    public static string? Add(string id, int number)
    {
        var match = LastNumber().Match(id);
        if (!match.Success || !long.TryParse(match.Value, CultureInfo.InvariantCulture, out var value) || value + number < 0)
        {
            return null;
        }

        var isPadded = match.Length > 1 && match.Value[0] == '0';
        var digits = (value + number).ToString(isPadded ? $"D{match.Length}" : "D", CultureInfo.InvariantCulture);
        return id[..match.Index] + digits + id[(match.Index + match.Length)..];
    }

    /// <summary>Whether the ids less a number are exactly the images.</summary>
    private static bool AreShifted(ImageIndex images, List<byte[]> ids, int number)
    {
        var hit = new bool[images.Count];
        foreach (var id in ids)
        {
            var meant = Add(Encoding.UTF8.GetString(id), -number);
            var image = meant is null ? -1 : FindPadded(images, meant, id.Length);
            if (image < 0 || hit[image])
            {
                return false;
            }

            hit[image] = true;
        }

        return true;
    }

    /// <summary>Finds an id, also with the zero that a number such as 10 loses when it becomes 9 beside 09.</summary>
    private static int FindPadded(ImageIndex images, string id, int length)
    {
        var image = images.Find(Encoding.UTF8.GetBytes(id));
        return image >= 0 || id.Length >= length ? image : images.Find(Encoding.UTF8.GetBytes(LastNumber().Replace(id, "0$0")));
    }

    [GeneratedRegex(@"\d{1,18}(?=[^/\\\d]*$)")]
    private static partial Regex LastNumber();
}
