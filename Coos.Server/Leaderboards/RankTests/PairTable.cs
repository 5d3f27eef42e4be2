using Coos.Evaluator.Statistics;

namespace Coos.Server.Leaderboards.RankTests;

/// <summary>
/// The p values of all pairs of a set of submissions. A new submission extends the table and costs only its own pairs.
/// Immutable except for expensive p values, which are computed on first use.
/// </summary>
internal sealed class PairTable
{
    private readonly Guid[] _ids;
    private readonly Dictionary<Guid, int> _places;
    private readonly EncodedPredictions[] _evidence;
    private readonly ScreenedPair[][] _screened;
    private readonly Dictionary<(int, int), double> _exact = [];

    private PairTable(IRankingLayout layout, Guid[] ids, EncodedPredictions[] evidence, ScreenedPair[][] screened)
    {
        Layout = layout;
        _ids = ids;
        _evidence = evidence;
        _screened = screened;
        _places = ids.Select((id, place) => (id, place)).ToDictionary(p => p.id, p => p.place);
    }

    /// <summary>Creates an empty table.</summary>
    public static PairTable Empty(IRankingLayout layout) => new(layout, [], [], []);

    /// <summary>The labels that the pairs are tested with.</summary>
    public IRankingLayout Layout { get; }

    /// <summary>Whether the table contains a submission.</summary>
    public bool Has(Guid id) => _places.ContainsKey(id);

    /// <summary>Creates the table of another set of submissions. Results of remaining pairs are kept; new pairs are screened.</summary>
    /// <param name="ids">The submissions.</param>
    /// <param name="added">The encoded predictions of submissions that this table does not contain.</param>
    /// <param name="cancellation">Ends the work.</param>
    public PairTable Extend(
        IReadOnlyCollection<Guid> ids,
        IReadOnlyDictionary<Guid, EncodedPredictions> added,
        CancellationToken cancellation
    )
    {
        var wanted = ids.ToHashSet();
        int[] kept = [.. Enumerable.Range(0, _ids.Length).Where(i => wanted.Contains(_ids[i]))];
        Guid[] order = [.. kept.Select(i => _ids[i]), .. ids.Where(id => !Has(id))];
        EncodedPredictions[] evidence = [.. order.Select(id => _places.TryGetValue(id, out var place) ? _evidence[place] : added[id])];
        var screened = new ScreenedPair[order.Length][];
        for (var i = 0; i < order.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            screened[i] = new ScreenedPair[i];
            for (var j = 0; j < i; j++)
            {
                screened[i][j] = i < kept.Length ? _screened[kept[i]][kept[j]] : Layout.Screen(evidence[i], evidence[j]);
            }
        }

        var table = new PairTable(Layout, order, evidence, screened);
        foreach (var ((i, j), p) in _exact)
        {
            if (table._places.TryGetValue(_ids[i], out var a) && table._places.TryGetValue(_ids[j], out var b))
            {
                table._exact[Pair(a, b)] = p;
            }
        }

        return table;
    }

    /// <summary>Gets what is known of a pair without enumeration or random draws.</summary>
    public ScreenedPair Screened(Guid first, Guid second)
    {
        var (i, j) = Pair(_places[first], _places[second]);
        return _screened[i][j];
    }

    /// <summary>Gets the p value of a pair, which is computed once.</summary>
    public double Exact(Guid first, Guid second)
    {
        var pair = Pair(_places[first], _places[second]);
        if (!_exact.TryGetValue(pair, out var p))
        {
            p = _exact[pair] = Layout.ComputeP(_evidence[pair.Item1], _evidence[pair.Item2]);
        }

        return p;
    }

    private static (int High, int Low) Pair(int a, int b) => a > b ? (a, b) : (b, a);
}
