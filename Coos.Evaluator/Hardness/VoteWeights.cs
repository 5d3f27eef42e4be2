namespace Coos.Evaluator.Hardness;

/// <summary>
/// The weights of entries that vote together. Each family of methods has one vote, divided equally among its methods, and that of a
/// method among its runs, so that sixteen rows of one family do not outvote the others.
/// </summary>
public static class VoteWeights
{
    /// <summary>Computes the weights.</summary>
    /// <param name="votes">The entries.</param>
    /// <returns>One weight per entry; they add up to 1 but for rounding.</returns>
    public static float[] Of(IReadOnlyList<EntryVote> votes)
    {
        ArgumentNullException.ThrowIfNull(votes);
        var comparer = StringComparer.OrdinalIgnoreCase;
        var families = votes.GroupBy(v => v.Family, comparer).ToDictionary(g => g.Key, g => Count(g.Select(v => v.Method)), comparer);
        return
        [
            .. votes.Select(v =>
            {
                var methods = families[v.Family];
                return 1f / families.Count / methods.Count / methods[v.Method];
            }),
        ];

        Dictionary<string, int> Count(IEnumerable<string> methods) =>
            methods.CountBy(m => m, comparer).ToDictionary(m => m.Key, m => m.Value, comparer);
    }
}
