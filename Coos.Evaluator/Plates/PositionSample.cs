using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Plates;

/// <summary>
/// The wells of one test, in strata within which their positions are exchanged, and the positions that are compared: groups, which are
/// the edge and the inner wells, or rows, or columns.
/// </summary>
/// <remarks>
/// With e_k the error of class k in the stratum, a well with n_k images and x_k errors has the residuals r_k = x_k - e_k n_k and u = sum
/// r_k. Of group g, S = sum over its wells of u, which is the numerator of Mantel and Haenszel's difference, and V = sum over wells of
/// (1[well in g] u - sum over k of p_k r_k)², with p_k the share of the stratum's images of class k that are in the group. Both are summed
/// over strata, and z = S / sqrt(V).
/// </remarks>
internal sealed class PositionSample
{
    private readonly PositionEffect _effect;
    private readonly List<PositionStratum> _strata;
    private readonly List<(PlateFormat? Format, int Index)> _groups;
    private readonly double[] _sums;
    private readonly double[] _variances;

    private PositionSample(PositionEffect effect, List<PositionStratum> strata, List<(PlateFormat? Format, int Index)> groups)
    {
        (_effect, _strata, _groups) = (effect, strata, groups);
        (_sums, _variances) = (new double[groups.Count], new double[groups.Count]);
    }

    /// <summary>The number of wells that can be exchanged with another one.</summary>
    public int Wells => _strata.Sum(s => s.Wells);

    /// <summary>Divides the wells into strata and groups.</summary>
    /// <remarks>
    /// Rows and columns are compared among wells at the edge, and among inner wells: an effect of the edge alone is then none of the
    /// first and last row.
    /// </remarks>
    public static PositionSample Create(WellCounts counts, PositionEffect effect)
    {
        var (groups, indices) = (new List<(PlateFormat? Format, int Index)>(), new Dictionary<(PlateFormat?, int), int>());
        var wells =
            from i in Enumerable.Range(0, counts.Map.Wells.Count)
            let well = counts.Map.Wells[i]
            where well.Position is not null
            let classes = FindClasses(counts, i)
            where classes.Length > 0
            let isEdge = counts.Map.Plates[well.Plate].Format!.IsEdge(well.Position!.Value)
            group i by (well.Plate, Classes: string.Join(' ', classes), IsEdge: effect == PositionEffect.Edge ? (bool?)null : isEdge);
        var strata = new List<PositionStratum>();
        foreach (var stratum in wells)
        {
            int[] members = [.. stratum];
            int[] places = [.. members.Select(i => FindGroup(counts.Map, i, effect, groups, indices))];
            if (places.Distinct().Count() > 1)
            {
                strata.Add(new PositionStratum(counts, members, FindClasses(counts, members[0]), places));
            }
        }

        return new PositionSample(effect, strata, groups);
    }

    /// <summary>Why the effect cannot be tested at a level; null if it can.</summary>
    public UntestedReason? FindReason(double level)
    {
        if (_strata.Count == 0)
        {
            return UntestedReason.NothingToExchange;
        }

        var varied = _strata.Where(s => s.HasVariation).ToList();
        return varied.Count == 0 ? UntestedReason.NoVariation
            : varied.Aggregate(1.0, (ways, s) => Math.Min(1e100, ways * s.CountArrangements())) * level < 1 ? UntestedReason.TooFewWells
            : null;
    }

    /// <summary>Computes the statistic of the current positions.</summary>
    public double ComputeStatistic()
    {
        Sum();
        if (_effect == PositionEffect.Edge)
        {
            return Square(EdgeGroup);
        }

        var total = 0.0;
        for (var g = 0; g < _groups.Count; g++)
        {
            total += Square(g);
        }

        return total;

        double Square(int group) => _variances[group] > 0 ? _sums[group] * _sums[group] / _variances[group] : 0;
    }

    /// <summary>Computes the difference of each group from the others, of the current positions.</summary>
    public IReadOnlyList<PositionDifference> ComputeDifferences()
    {
        Sum();
        var scales = new double[_groups.Count];
        foreach (var stratum in _strata)
        {
            stratum.AddScales(scales);
        }

        var quantile = Student.Quantile975(Math.Max(1, Wells - _strata.Count));
        return
        [
            .. Enumerable
                .Range(0, _groups.Count)
                .Where(g => scales[g] > 0 && (_effect != PositionEffect.Edge || g == EdgeGroup))
                .OrderBy(g => _groups[g].Format?.Wells)
                .ThenBy(g => _groups[g].Index)
                .Select(g =>
                {
                    var (difference, half) = (_sums[g] / scales[g], quantile * Math.Sqrt(_variances[g]) / scales[g]);
                    return new PositionDifference(
                        _groups[g].Format,
                        _effect == PositionEffect.Edge ? 0 : _groups[g].Index,
                        difference,
                        new Interval(Math.Max(-1, difference - half), Math.Min(1, difference + half)),
                        _variances[g] > 0 ? _sums[g] / Math.Sqrt(_variances[g]) : 0
                    );
                }),
        ];
    }

    /// <summary>Exchanges the positions of the wells of each stratum at random.</summary>
    public void Permute(ref SplitMix mix)
    {
        foreach (var stratum in _strata)
        {
            stratum.Permute(ref mix);
        }
    }

    /// <summary>Derives the seed from the wells, so that the same data give the same p.</summary>
    public SplitMix CreateSeed() =>
        new(
            _strata
                .SelectMany(s => s.Values)
                .Aggregate((ulong)_effect, (seed, v) => new SplitMix(seed ^ BitConverter.DoubleToUInt64Bits(v)).Next())
        );

    private int EdgeGroup => _groups.FindIndex(g => g.Index == 1);

    private void Sum()
    {
        Array.Clear(_sums);
        Array.Clear(_variances);
        foreach (var stratum in _strata)
        {
            stratum.Add(_sums, _variances);
        }
    }

    private static int[] FindClasses(WellCounts counts, int well) =>
        [.. Enumerable.Range(0, counts.ClassCount).Where(k => counts.Images[(well * counts.ClassCount) + k] > 0)];

    private static int FindGroup(
        WellMap map,
        int well,
        PositionEffect effect,
        List<(PlateFormat? Format, int Index)> groups,
        Dictionary<(PlateFormat?, int), int> indices
    )
    {
        var (format, position) = (map.Plates[map.Wells[well].Plate].Format!, map.Wells[well].Position!.Value);
        (PlateFormat?, int) key = effect switch
        {
            PositionEffect.Row => (format, position.Row),
            PositionEffect.Column => (format, position.Column),
            _ => (null, format.IsEdge(position) ? 1 : 0),
        };
        if (!indices.TryGetValue(key, out var index))
        {
            indices[key] = index = groups.Count;
            groups.Add(key);
        }

        return index;
    }
}
