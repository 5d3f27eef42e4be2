namespace Coos.Baselines.Features;

/// <summary>A matrix of features, with one row per image and one column per feature.</summary>
public sealed class FeatureMatrix
{
    /// <summary>Creates a matrix of zeros.</summary>
    /// <param name="rows">N, the number of images.</param>
    /// <param name="columns">D, the number of features.</param>
    public FeatureMatrix(int rows, int columns)
        : this(rows, columns, new double[(long)rows * columns]) { }

    /// <summary>Creates a matrix over existing values.</summary>
    /// <param name="rows">N, the number of images.</param>
    /// <param name="columns">D, the number of features.</param>
    /// <param name="values">N x D values, row by row; not copied.</param>
    public FeatureMatrix(int rows, int columns, double[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.LongLength, (long)rows * columns);
        Rows = rows;
        Columns = columns;
        Values = values;
    }

    /// <summary>N, the number of images.</summary>
    public int Rows { get; }

    /// <summary>D, the number of features.</summary>
    public int Columns { get; }

    /// <summary>N x D values, row by row.</summary>
    public double[] Values { get; }

    /// <summary>The features of one image.</summary>
    /// <param name="index">0 .. N - 1.</param>
    /// <returns>D values.</returns>
    public Span<double> Row(int index) => Values.AsSpan(index * Columns, Columns);

    /// <summary>Creates a matrix from some of the rows, in the given order.</summary>
    /// <param name="rows">The indices of the rows.</param>
    public FeatureMatrix Select(ReadOnlySpan<int> rows)
    {
        var selected = new FeatureMatrix(rows.Length, Columns);
        for (var i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(selected.Row(i));
        }

        return selected;
    }
}
