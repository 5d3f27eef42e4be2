using System.Text;
using Coos.Shared.Labels;

namespace Coos.Shared.Predictions;

/// <summary>
/// Finds the image that an unknown id was probably meant to be, and what happened to the id. The tables that this needs are made
/// once an unknown id occurs: valid files cost nothing.
/// </summary>
/// <param name="images">The images of the split.</param>
internal sealed class NearIds(ImageIndex images)
{
    /// <summary>After so many ids without a near one, the rest has none either: the file is another one.</summary>
    private const int MaximumMisses = 1000;

    /// <summary>Marks a key that several images have.</summary>
    private const int Ambiguous = -1;

    private readonly Dictionary<ulong, int>?[] _tables = new Dictionary<ulong, int>?[Enum.GetValues<IdKey.Level>().Length];
    private int _found;
    private int _misses;

    /// <summary>Finds the image that an id was probably meant to be.</summary>
    /// <param name="id">An id that the split does not have.</param>
    /// <returns>Its position and what happened to the id; null if there is none, or several.</returns>
    public (int Image, string Reason)? Find(ReadOnlySpan<byte> id)
    {
        if (id.Length > 2 * ImageIndex.MaximumIdLength || (_found == 0 && _misses > MaximumMisses))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(id);
        foreach (var reading in IdReading.Of(text))
        {
            foreach (var level in Enum.GetValues<IdKey.Level>())
            {
                if (Table(level).TryGetValue(IdKey.Hash(reading.Text, level), out var image) && image != Ambiguous)
                {
                    _found++;
                    return (image, Describe(reading, images.Id(image)));
                }
            }
        }

        _misses++;
        return null;
    }

    private Dictionary<ulong, int> Table(IdKey.Level level)
    {
        if (_tables[(int)level] is { } known)
        {
            return known;
        }

        var table = new Dictionary<ulong, int>(images.Count);
        for (var image = 0; image < images.Count; image++)
        {
            var key = IdKey.Hash(images.Id(image), level);
            if (!table.TryAdd(key, image))
            {
                table[key] = Ambiguous;
            }
        }

        return _tables[(int)level] = table;
    }

    /// <summary>Says how an id differs from the image's.</summary>
    private static string Describe(IdReading reading, string found)
    {
        string[] reasons = [.. new[] { reading.Reason }.Concat(Differences(reading.Text, found)).Where(r => r.Length > 0)];
        return reasons.Length == 0 ? "it differs in spaces" : string.Join(", and ", reasons);
    }

    private static IEnumerable<string> Differences(string id, string found)
    {
        var (folder, otherFolder) = (IdKey.FolderOf(id), IdKey.FolderOf(found));
        if (!folder.Equals(otherFolder, StringComparison.OrdinalIgnoreCase))
        {
            yield return otherFolder.Length == 0 ? "without the folder it exists"
            : folder.Length == 0 ? "with its folder it exists"
            : "it exists in another folder";
        }

        var (extension, otherExtension) = (IdKey.ExtensionOf(id), IdKey.ExtensionOf(found));
        if (!extension.Equals(otherExtension, StringComparison.OrdinalIgnoreCase))
        {
            yield return otherExtension.Length == 0 ? $"without {extension} it exists"
            : extension.Length == 0 ? $"with {otherExtension} it exists"
            : $"with {otherExtension} in place of {extension} it exists";
        }

        var (stem, otherStem) = (StemOf(id), StemOf(found));
        if (IdKey.Fold(stem, withoutZeros: false) != IdKey.Fold(otherStem, withoutZeros: false))
        {
            yield return stem.Length < otherStem.Length ? "leading zeros were lost" : "it has too many leading zeros";
        }

        if (IdKey.Fold(stem, withoutZeros: true) == IdKey.Fold(otherStem, withoutZeros: true) && DiffersInCase(id, found))
        {
            yield return "in other case it exists";
        }
    }

    private static string StemOf(string id)
    {
        var start = IdKey.FolderOf(id).Length;
        return id[start..(id.Length - IdKey.ExtensionOf(id).Length)];
    }

    /// <summary>Whether the letters that both ids have differ in case.</summary>
    private static bool DiffersInCase(string id, string found)
    {
        var (stem, otherStem) = (StemOf(id), StemOf(found));
        var letters = stem.Where(char.IsLetter);
        var extension = IdKey.ExtensionOf(id);
        var otherExtension = IdKey.ExtensionOf(found);
        return !letters.SequenceEqual(otherStem.Where(char.IsLetter))
            || (extension != otherExtension && extension.Equals(otherExtension, StringComparison.OrdinalIgnoreCase));
    }
}
