namespace Coos.Shared.Datasets.Tiff;

/// <summary>The names of TIFF files: <c>ID_CHANNEL.tif</c>, or <c>ID.tif</c> for images with one channel.</summary>
internal static class TiffNames
{
    /// <summary>Whether a file name has a TIFF extension.</summary>
    public static bool IsTiff(string path) =>
        Path.GetExtension(path) is var extension
        && (extension.Equals(".tif", StringComparison.OrdinalIgnoreCase) || extension.Equals(".tiff", StringComparison.OrdinalIgnoreCase));

    /// <summary>Splits a name at its last underscore.</summary>
    /// <param name="path">The file.</param>
    /// <param name="id">The image id.</param>
    /// <param name="channel">The channel; empty if a number or nothing follows the underscore, which then belongs to the id.</param>
    public static void Parse(string path, out string id, out string channel)
    {
        var stem = Path.GetFileNameWithoutExtension(path);
        var underscore = stem.LastIndexOf('_');
        var named = underscore > 0 && stem.AsSpan(underscore + 1).ContainsAnyInRange('A', 'z');
        (id, channel) = named ? (stem[..underscore], stem[(underscore + 1)..]) : (stem, "");
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
}
