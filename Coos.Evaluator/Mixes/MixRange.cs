namespace Coos.Evaluator.Mixes;

/// <summary>A range of the weight of a class in which one entry has the lowest weighted error.</summary>
/// <param name="Entry">The entry, as its position in the list.</param>
/// <param name="From">The lowest weight, 0..1.</param>
/// <param name="To">The highest weight, 0..1.</param>
public readonly record struct MixRange(int Entry, double From, double To)
{
    // Crossings closer than this to each other are one.
    private const double Tolerance = 1e-12;

    /// <summary>
    /// Finds the ranges in which each entry is best while the weight of a class grows from a start to 1 and the other classes share
    /// the rest equally: errors are lines in the weight, so this is the lower envelope of lines.
    /// </summary>
    /// <param name="withoutClass">Each entry's mean error over the other classes: its error at weight 0.</param>
    /// <param name="ofClass">Each entry's error in the class: its error at weight 1.</param>
    /// <param name="from">The start: 1/K', the weight of the class if all are equal; 0 for the whole line of two classes.</param>
    /// <returns>The ranges in order, without gaps; of entries that are equal, the earlier one.</returns>
    public static IReadOnlyList<MixRange> Find(IReadOnlyList<double> withoutClass, IReadOnlyList<double> ofClass, double from)
    {
        ArgumentNullException.ThrowIfNull(withoutClass);
        ArgumentNullException.ThrowIfNull(ofClass);
        ArgumentOutOfRangeException.ThrowIfNotEqual(ofClass.Count, withoutClass.Count, nameof(ofClass));
        var ranges = new List<MixRange>();
        if (withoutClass.Count == 0)
        {
            return ranges;
        }

        var weight = from;
        var best = FindBestAfter(withoutClass, ofClass, weight);
        while (true)
        {
            var (next, end) = FindCrossing(withoutClass, ofClass, best, weight);
            ranges.Add(new MixRange(best, weight, end));
            if (next < 0)
            {
                return ranges;
            }

            (best, weight) = (next, end);
        }
    }

    /// <summary>Finds the entry that is best just after a weight: among those that are best at it, the one that grows least.</summary>
    private static int FindBestAfter(IReadOnlyList<double> without, IReadOnlyList<double> own, double weight)
    {
        var best = 0;
        for (var i = 1; i < without.Count; i++)
        {
            var (error, lowest) = (At(without, own, i, weight), At(without, own, best, weight));
            var isLower = error < lowest - Tolerance;
            var isEqual = Math.Abs(error - lowest) <= Tolerance;
            if (isLower || (isEqual && own[i] - without[i] < own[best] - without[best] - Tolerance))
            {
                best = i;
            }
        }

        return best;
    }

    /// <summary>Finds the first weight at which another entry becomes better; -1 and weight 1 if none does.</summary>
    private static (int Next, double Weight) FindCrossing(IReadOnlyList<double> without, IReadOnlyList<double> own, int best, double weight)
    {
        var (next, end) = (-1, 1.0);
        for (var i = 0; i < without.Count; i++)
        {
            var slope = own[i] - without[i] - (own[best] - without[best]);
            if (slope >= -Tolerance)
            {
                continue;
            }

            var crossing = Math.Max(weight, (without[i] - without[best]) / -slope);
            var isSteeper = next >= 0 && Math.Abs(crossing - end) <= Tolerance && own[i] - without[i] < own[next] - without[next];
            if (crossing < 1 - Tolerance && (crossing < end - Tolerance || isSteeper))
            {
                (next, end) = (i, crossing);
            }
        }

        return (next, end);
    }

    private static double At(IReadOnlyList<double> without, IReadOnlyList<double> own, int entry, double weight) =>
        ((1 - weight) * without[entry]) + (weight * own[entry]);
}
