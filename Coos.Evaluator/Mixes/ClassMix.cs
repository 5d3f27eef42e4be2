namespace Coos.Evaluator.Mixes;

/// <summary>
/// What an error counts in a reader's own use: how frequent each class is, and what each confusion costs. The weighted error of
/// an entry is the sum over classes k of w_k · (sum over predicted classes j of cost_kj C_kj) / n_k, with the weights w normalised
/// over the classes that have images (Elkan, "The foundations of cost-sensitive learning", IJCAI 2001).
/// </summary>
public sealed class ClassMix
{
    private readonly double[] _weights;
    private readonly double[]? _costs;

    /// <summary>Creates a mix.</summary>
    /// <param name="weights">The weight of each class, at least 0, at least one above 0; only their ratios matter.</param>
    /// <param name="costs">The cost of confusions, by true and predicted class, at least 0; all others cost 1.</param>
    /// <exception cref="ArgumentException">All weights are 0, or a number is negative or not finite.</exception>
    public ClassMix(IReadOnlyList<double> weights, IReadOnlyDictionary<(int Actual, int Predicted), double>? costs = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Any(w => !(w >= 0) || double.IsInfinity(w)) || !weights.Any(w => w > 0))
        {
            throw new ArgumentException("Weights are finite and at least 0, and at least one is above 0.", nameof(weights));
        }

        _weights = [.. weights];
        foreach (var ((actual, predicted), cost) in costs ?? new Dictionary<(int, int), double>())
        {
            if (!(cost >= 0) || double.IsInfinity(cost) || actual == predicted)
            {
                throw new ArgumentException("Costs are of confusions, finite and at least 0.", nameof(costs));
            }

            _costs ??= CreateUnitCosts();
            _costs[Position(actual, predicted)] = cost;
        }
    }

    /// <summary>K, the number of classes.</summary>
    public int ClassCount => _weights.Length;

    /// <summary>The weight of a class, at least 0.</summary>
    public double Weight(int actual) => _weights[actual];

    /// <summary>The cost of a prediction; 0 if it is right.</summary>
    public double Cost(int actual, int predicted) =>
        _costs is not null ? _costs[Position(actual, predicted)]
        : actual == predicted ? 0
        : 1;

    /// <summary>The largest cost of a mistake in a class; 0 with a single class.</summary>
    public double LargestCost(int actual)
    {
        var largest = 0.0;
        for (var j = 0; j < ClassCount; j++)
        {
            largest = Math.Max(largest, Cost(actual, j));
        }

        return largest;
    }

    private int Position(int actual, int predicted)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)actual, (uint)ClassCount, nameof(actual));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)ClassCount, nameof(predicted));
        return (actual * ClassCount) + predicted;
    }

    private double[] CreateUnitCosts()
    {
        var costs = new double[ClassCount * ClassCount];
        Array.Fill(costs, 1);
        for (var k = 0; k < ClassCount; k++)
        {
            costs[(k * ClassCount) + k] = 0;
        }

        return costs;
    }
}
