namespace Coos.Evaluator.Disclosures;

/// <summary>The rounding of a confusion matrix to whole percents of each true class.</summary>
public static class WholePercents
{
    private const int Percents = 100;

    /// <summary>
    /// Rounds each row so that it sums to 100, by largest remainder: all shares are rounded down, and the missing percents go to the
    /// cells with the largest remainders, the first of equal ones.
    /// </summary>
    /// <param name="counts">The counts, 0 or more each, <c>[true class][predicted class]</c>.</param>
    /// <returns>The percents in the same order; an empty row for a class without images.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static int[][] Round(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return [.. counts.Select(RoundRow)];
    }

    private static int[] RoundRow(IReadOnlyList<int> counts)
    {
        var images = 0L;
        foreach (var count in counts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(counts));
            images += count;
        }

        if (images == 0)
        {
            return [];
        }

        int[] percents = [.. counts.Select(n => (int)(Percents * (long)n / images))];
        // OrderBy is stable, so the first of equal remainders stays first.
        var cells = Enumerable.Range(0, percents.Length).OrderByDescending(k => Percents * (long)counts[k] % images);
        foreach (var k in cells.Take(Percents - percents.Sum()))
        {
            percents[k]++;
        }

        return percents;
    }
}
