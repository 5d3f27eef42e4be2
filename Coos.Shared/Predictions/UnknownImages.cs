using Coos.Shared.Labels;

namespace Coos.Shared.Predictions;

/// <summary>Counts the ids of a file that are not in its split, by the other splits that have them.</summary>
/// <remarks>An id that no split has may be counted several times; only complete agreement with a split matters.</remarks>
internal sealed class UnknownImages(IReadOnlyDictionary<string, ImageIndex> otherSplits)
{
    private readonly Dictionary<string, HashSet<int>> _found = otherSplits.Keys.ToDictionary(name => name, _ => new HashSet<int>());
    private int _nowhere;

    /// <summary>The number of different ids so far; ids that no split has are counted each time.</summary>
    public int Distinct => _nowhere + (_found.Count == 0 ? 0 : _found.Values.Max(positions => positions.Count));

    /// <summary>The number of different ids that are images of a split.</summary>
    public int FoundIn(string split) => _found[split].Count;

    /// <summary>Counts an id.</summary>
    public void Add(ReadOnlySpan<byte> id)
    {
        var isAnywhere = false;
        foreach (var (name, positions) in _found)
        {
            var position = otherSplits[name].Find(id);
            isAnywhere |= position >= 0 && (positions.Add(position) || true);
        }

        _nowhere += isAnywhere ? 0 : 1;
    }
}
