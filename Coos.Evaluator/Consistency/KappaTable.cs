namespace Coos.Evaluator.Consistency;

/// <summary>The error consistency of all pairs of entries. Immutable.</summary>
public sealed class KappaTable
{
    // Row i has the pairs with 0 .. i - 1; NaN where kappa is not defined.
    private readonly double[][] _rows;

    private KappaTable(double[][] rows) => _rows = rows;

    /// <summary>The number of entries.</summary>
    public int Count => _rows.Length;

    /// <summary>Computes the kappa of all pairs.</summary>
    /// <param name="layout">The labels.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="threads">The maximum number of threads, at least 1. The result does not depend on it.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static KappaTable Compute(
        ConsistencyLayout layout,
        IReadOnlyList<EncodedCorrectness> entries,
        int threads,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(entries);
        var rows = new double[entries.Count][];
        Parallel.For(
            0,
            entries.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            i =>
            {
                rows[i] = new double[i];
                for (var j = 0; j < i; j++)
                {
                    rows[i][j] = layout.Compute(entries[i], entries[j]).Kappa ?? double.NaN;
                }
            }
        );
        return new KappaTable(rows);
    }

    /// <summary>Gets the kappa of two different entries; null if it is not defined.</summary>
    public double? Get(int i, int j) => (i > j ? _rows[i][j] : _rows[j][i]) is var kappa && double.IsNaN(kappa) ? null : kappa;

    /// <summary>Lists the pairs (i, j), i above j, whose kappa is defined, with their kappa.</summary>
    public IEnumerable<(int First, int Second, double Kappa)> List()
    {
        for (var i = 0; i < _rows.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (!double.IsNaN(_rows[i][j]))
                {
                    yield return (i, j, _rows[i][j]);
                }
            }
        }
    }
}
