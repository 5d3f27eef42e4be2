namespace Coos.Baselines.Texture;

/// <summary>The sums over a co-occurrence matrix from which its features follow.</summary>
/// <param name="total">The sum of the matrix.</param>
internal struct CooccurrenceSums(double total)
{
    private static readonly double[] Nearness = [.. Enumerable.Range(0, 256).Select(k => 1 / (1.0 + (k * k)))];

    private double _level;
    private double _levelSquare;
    private double _levelLog;
    private double _contrast;
    private double _homogeneity;
    private double _minusSquare;
    private double _minusLog;
    private double _plus;
    private double _plusSquare;
    private double _plusLog;

    /// <summary>Adds an entry of the marginal distribution.</summary>
    public void AddLevel(double level, double count, double countLog)
    {
        _level += level * count;
        _levelSquare += level * level * count;
        _levelLog += countLog;
    }

    /// <summary>Adds an entry of p_minus, the distribution of |i - j|.</summary>
    public void AddDifference(int difference, double count, double countLog)
    {
        _contrast += (double)(difference * difference) * count;
        _homogeneity += count * Nearness[difference];
        _minusSquare += count * count;
        _minusLog += countLog;
    }

    /// <summary>Adds an entry of p_plus, the distribution of i + j.</summary>
    public void AddSum(double sum, double count, double countLog)
    {
        _plus += sum * count;
        _plusSquare += sum * sum * count;
        _plusLog += countLog;
    }

    /// <summary>Writes features 1 to 13.</summary>
    /// <param name="squares">The sum of the squared entries of the matrix.</param>
    /// <param name="countLogs">The sum of c log2 c over the entries.</param>
    /// <param name="levels">The number of levels used, which is the length of p_minus.</param>
    /// <param name="features">Receives 13 values.</param>
    public readonly void Write(double squares, double countLogs, int levels, Span<double> features)
    {
        var mean = _level / total;
        var variance = (_levelSquare / total) - (mean * mean);
        var average = _plus / total;

        // sum (i + j)^2 p = 2 sum i^2 p + 2 sum ij p, so the product moment needs no pass over the matrix.
        var product = ((_plusSquare / 2) - _levelSquare) / total;
        var entropy = Entropy(countLogs);
        var marginal = Entropy(_levelLog);

        features[0] = squares / (total * total);
        features[1] = _contrast / total;
        features[2] = variance > 0 ? (product - (mean * mean)) / variance : 1;
        features[3] = variance;
        features[4] = _homogeneity / total;
        features[5] = average;
        features[6] = (_plusSquare / total) - (average * average);
        features[7] = Entropy(_plusLog);
        features[8] = entropy;
        features[9] = (_minusSquare / (total * total) / levels) - (1.0 / levels / levels);
        features[10] = Entropy(_minusLog);

        // The matrix is symmetric, so HX = HY, and both HXY1 and HXY2 are HX + HY.
        features[11] = (entropy - (2 * marginal)) / (marginal > 0 ? marginal : 1);
        features[12] = Math.Sqrt(Math.Max(0, 1 - Math.Exp(-2 * ((2 * marginal) - entropy))));
    }

    /// <summary>Computes - sum p log2 p with p = c / total.</summary>
    private readonly double Entropy(double countLogs) => Math.Log2(total) - (countLogs / total);
}
