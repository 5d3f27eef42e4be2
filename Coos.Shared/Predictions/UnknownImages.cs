using Coos.Shared.Labels;

namespace Coos.Shared.Predictions;

/// <summary>The ids of a file that are not in its split: those that other splits have, and those that were meant to be others.</summary>
/// <remarks>An id that no split has may be counted several times; only complete agreement with a split matters.</remarks>
internal sealed class UnknownImages(ImageIndex images, IReadOnlyDictionary<string, ImageIndex> otherSplits)
{
    /// <summary>The number of ids that are kept: with more, the file is not that of the split with some changes.</summary>
    private const int MaximumKept = 10_000;

    private readonly Dictionary<string, HashSet<int>> _found = otherSplits.Keys.ToDictionary(name => name, _ => new HashSet<int>());
    private readonly NearIds _near = new(images);
    private readonly bool[] _isMeant = new bool[images.Count];
    private readonly List<byte[]> _ids = [];
    private int _nowhere;

    /// <summary>The number of different ids so far; ids that no split has are counted each time.</summary>
    public int Distinct => _nowhere + (_found.Count == 0 ? 0 : _found.Values.Max(positions => positions.Count));

    /// <summary>The ids; empty if there are too many.</summary>
    public IReadOnlyList<byte[]> Ids => _ids.Count > MaximumKept ? [] : _ids;

    /// <summary>The number of different ids that are images of a split.</summary>
    public int FoundIn(string split) => _found[split].Count;

    /// <summary>Whether an id was probably meant to be an image, which is then not missing.</summary>
    public bool IsMeant(int image) => _isMeant[image];

    /// <summary>Counts an id.</summary>
    /// <returns>The image that it was probably meant to be, and what happened to it; null if there is none.</returns>
    public (int Image, string Reason)? Add(ReadOnlySpan<byte> id)
    {
        if (_ids.Count <= MaximumKept)
        {
            _ids.Add(id.ToArray());
        }

        var isAnywhere = false;
        foreach (var (name, positions) in _found)
        {
            var position = otherSplits[name].Find(id);
            isAnywhere |= position >= 0 && (positions.Add(position) || true);
        }

        _nowhere += isAnywhere ? 0 : 1;
        var near = _near.Find(id);
        if (near is { Image: var image })
        {
            _isMeant[image] = true;
        }

        return near;
    }
}
