using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Plates;

/// <summary>Wells whose positions can be exchanged: of one plate and with the same classes.</summary>
internal sealed class PositionStratum
{
    private readonly int _classes;

    /// <summary>The group of each well, as an index among <see cref="_present"/>; permuted.</summary>
    private readonly int[] _places;

    /// <summary>The groups that occur in the stratum.</summary>
    private readonly int[] _present;

    /// <summary>The images of each well and class, and the residuals in the same order.</summary>
    private readonly double[] _images;
    private readonly double[] _residuals;

    /// <summary>The residual of each well over its classes.</summary>
    private readonly double[] _sums;

    /// <summary>The images of each class.</summary>
    private readonly double[] _totals;

    /// <summary>The sum over wells of the product of the residuals of two classes.</summary>
    private readonly double[] _products;

    /// <summary>Of each group: its images by class, sum of residuals, of their squares, and of their products with the classes'.</summary>
    private readonly double[] _groupImages;
    private readonly double[] _groupSums;
    private readonly double[] _groupSquares;
    private readonly double[] _groupProducts;

    /// <param name="counts">The images and errors of all wells.</param>
    /// <param name="members">The wells.</param>
    /// <param name="classes">The classes that each of them holds.</param>
    /// <param name="groups">The group of each of them.</param>
    public PositionStratum(WellCounts counts, int[] members, int[] classes, int[] groups)
    {
        _classes = classes.Length;
        _present = [.. groups.Distinct().Order()];
        _places = Array.ConvertAll(groups, g => Array.IndexOf(_present, g));
        _images = [.. members.SelectMany(i => classes.Select(k => (double)counts.Images[(i * counts.ClassCount) + k]))];
        var errors = members.SelectMany(i => classes.Select(k => counts.Errors[(i * counts.ClassCount) + k])).ToArray();
        _totals = new double[_classes];
        var wrong = new double[_classes];
        for (var i = 0; i < _images.Length; i++)
        {
            _totals[i % _classes] += _images[i];
            wrong[i % _classes] += errors[i];
        }

        _residuals = [.. errors.Select((x, i) => x - (wrong[i % _classes] / _totals[i % _classes] * _images[i]))];
        _sums = [.. Enumerable.Range(0, members.Length).Select(w => _residuals.AsSpan(w * _classes, _classes).ToArray().Sum())];
        _products = new double[_classes * _classes];
        AddProducts();
        var size = _present.Length * _classes;
        (_groupImages, _groupProducts) = (new double[size], new double[size]);
        (_groupSums, _groupSquares) = (new double[_present.Length], new double[_present.Length]);
    }

    /// <summary>The number of wells.</summary>
    public int Wells => _sums.Length;

    /// <summary>Whether the wells differ in their errors.</summary>
    public bool HasVariation => Array.Exists(_sums, u => Math.Abs(u) > 1e-9);

    /// <summary>The data that the seed is derived from.</summary>
    public IEnumerable<double> Values => [.. _places.Select(p => (double)_present[p]), .. _images, .. _residuals];

    /// <summary>The number of different assignments of the groups to the wells, as the product of binomial coefficients.</summary>
    public double CountArrangements()
    {
        var (ways, placed) = (1.0, 0);
        foreach (var size in _places.CountBy(p => p).Select(p => p.Value))
        {
            for (var i = 1; i <= size && ways < 1e100; i++)
            {
                ways = ways * (placed + i) / i;
            }

            placed += size;
        }

        return ways;
    }

    /// <summary>Exchanges the positions of the wells at random.</summary>
    public void Permute(ref SplitMix mix)
    {
        for (var i = _places.Length - 1; i > 0; i--)
        {
            var j = mix.Below(i + 1);
            (_places[i], _places[j]) = (_places[j], _places[i]);
        }
    }

    /// <summary>Adds S and V of each group.</summary>
    public void Add(double[] sums, double[] variances)
    {
        SumGroups();
        for (var g = 0; g < _present.Length; g++)
        {
            if (_classes == 1)
            {
                // The sums below are these if all wells hold one class, as in most assays; they are needed for each permutation.
                var part = _groupImages[g] / _totals[0];
                sums[_present[g]] += _groupSums[g];
                variances[_present[g]] += ((1 - (2 * part)) * _groupSquares[g]) + (part * part * _products[0]);
                continue;
            }

            var variance = _groupSquares[g];
            for (var k = 0; k < _classes; k++)
            {
                var share = _groupImages[(g * _classes) + k] / _totals[k];
                variance -= 2 * share * _groupProducts[(g * _classes) + k];
                for (var l = 0; l < _classes; l++)
                {
                    variance += share * _groupImages[(g * _classes) + l] / _totals[l] * _products[(k * _classes) + l];
                }
            }

            sums[_present[g]] += _groupSums[g];
            variances[_present[g]] += Math.Max(0, variance);
        }
    }

    /// <summary>Adds the denominator of Mantel and Haenszel's difference of each group: sum over classes of n (N - n) / N.</summary>
    public void AddScales(double[] scales)
    {
        SumGroups();
        for (var i = 0; i < _groupImages.Length; i++)
        {
            var (group, total) = (_present[i / _classes], _totals[i % _classes]);
            scales[group] += _groupImages[i] * (total - _groupImages[i]) / total;
        }
    }

    private void SumGroups()
    {
        Array.Clear(_groupImages);
        Array.Clear(_groupProducts);
        Array.Clear(_groupSums);
        Array.Clear(_groupSquares);
        for (var w = 0; w < _sums.Length; w++)
        {
            var (group, sum) = (_places[w], _sums[w]);
            _groupSums[group] += sum;
            _groupSquares[group] += sum * sum;
            if (_classes == 1)
            {
                _groupImages[group] += _images[w];
                continue;
            }

            for (var k = 0; k < _classes; k++)
            {
                _groupImages[(group * _classes) + k] += _images[(w * _classes) + k];
                _groupProducts[(group * _classes) + k] += sum * _residuals[(w * _classes) + k];
            }
        }
    }

    private void AddProducts()
    {
        for (var w = 0; w < _sums.Length; w++)
        {
            for (var k = 0; k < _classes; k++)
            {
                for (var l = 0; l < _classes; l++)
                {
                    _products[(k * _classes) + l] += _residuals[(w * _classes) + k] * _residuals[(w * _classes) + l];
                }
            }
        }
    }
}
