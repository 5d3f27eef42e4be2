using System.Text.RegularExpressions;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>The names of the TIFF files of one set: <c>ID_CHANNEL.tif</c>, or <c>ID.tif</c> for images with one channel.</summary>
internal sealed partial class TiffNames
{
    /// <summary>Suffixes that could be a well or a channel (A1, c01) are wells where the set has several rows of a plate.</summary>
    private readonly bool _hasWellRows;

    /// <summary>Channels by their name in any case, spelled as the set's images have them.</summary>
    private readonly Dictionary<string, string> _channels = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads how the files of a set are named.</summary>
    /// <param name="paths">The files.</param>
    public TiffNames(IEnumerable<string> paths)
    {
        string[] suffixes = [.. paths.Select(Suffix).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _hasWellRows = suffixes.Where(s => AnyWell().IsMatch(s)).Select(s => char.ToUpperInvariant(s[0])).Distinct().Count() > 1;
        foreach (var channel in CoosLayout.Channels.Concat(suffixes))
        {
            _channels.TryAdd(channel, channel);
        }
    }

    /// <summary>Whether a file is named as a TIFF image. A name with a leading dot is metadata, as macOS's <c>._1.tif</c>.</summary>
    public static bool IsTiff(string path) =>
        !IsHidden(path)
        && Path.GetExtension(path) is var extension
        && (extension.Equals(".tif", StringComparison.OrdinalIgnoreCase) || extension.Equals(".tiff", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a file or folder belongs to a system and not to the data.</summary>
    public static bool IsHidden(string path) =>
        Path.GetFileName(path) is var name && (name.StartsWith('.') || name.Equals("__MACOSX", StringComparison.OrdinalIgnoreCase));

    /// <summary>Splits a name at its last underscore.</summary>
    /// <param name="path">The file.</param>
    /// <param name="id">The image id.</param>
    /// <param name="channel">
    /// The channel; empty if a number, a well (A01), a site, field, position, time or plane (s1, f01, t3, z2), or nothing follows the
    /// underscore, which then belongs to the id.
    /// </param>
    public void Parse(string path, out string id, out string channel)
    {
        var stem = Path.GetFileNameWithoutExtension(path);
        var suffix = Suffix(path);
        var isPartOfId =
            suffix.Length == 0 || Well().IsMatch(suffix) || Position().IsMatch(suffix) || (_hasWellRows && AnyWell().IsMatch(suffix));
        (id, channel) = isPartOfId ? (stem, "") : (stem[..^(suffix.Length + 1)], _channels[suffix]);
    }

    /// <summary>Finds a file whose channel follows a hyphen, space or dot, which would be read as a part of its id.</summary>
    /// <returns>The name that it should have; null if its name is right.</returns>
    public static string? FindMisnamed(string path)
    {
        var (stem, extension) = (Path.GetFileNameWithoutExtension(path), Path.GetExtension(path));
        foreach (var channel in CoosLayout.Channels)
        {
            var at = stem.Length - channel.Length - 1;
            if (at > 0 && stem[at] is '-' or ' ' or '.' && stem.EndsWith(channel, StringComparison.OrdinalIgnoreCase))
            {
                return $"{stem[..at]}_{channel}{extension}";
            }
        }

        return null;
    }

    /// <summary>Compares channels: those of COOS in its order, then all others in alphabetical order.</summary>
    public static int CompareChannels(string a, string b)
    {
        var (rankA, rankB) = (Rank(a), Rank(b));
        return rankA != rankB ? rankA.CompareTo(rankB) : string.CompareOrdinal(a, b);

        static int Rank(string channel)
        {
            for (var i = 0; i < CoosLayout.Channels.Count; i++)
            {
                if (CoosLayout.Channels[i] == channel)
                {
                    return i;
                }
            }

            return CoosLayout.Channels.Count;
        }
    }

    /// <summary>What follows the last underscore of a name, if it has a letter.</summary>
    private static string Suffix(string path)
    {
        var stem = Path.GetFileNameWithoutExtension(path);
        var underscore = stem.LastIndexOf('_');
        return underscore > 0 && stem.AsSpan(underscore + 1).ContainsAnyInRange('A', 'z') ? stem[(underscore + 1)..] : "";
    }

    /// <summary>A well of a plate of up to 1536 wells, with two digits: A01 to P24, AA01 to AF48.</summary>
    [GeneratedRegex(@"^([A-P]|A[A-F])\d\d$")]
    private static partial Regex Well();

    /// <summary>What can be a well, and can be a channel: A1, c01.</summary>
    [GeneratedRegex(@"^[A-Pa-p]\d\d?$")]
    private static partial Regex AnyWell();

    /// <summary>A site, field, position, tile, time or plane, as microscopes number them.</summary>
    [GeneratedRegex(@"^(s|f|t|z|site|field|fov|pos|tile|time|frame)-?\d+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Position();
}
