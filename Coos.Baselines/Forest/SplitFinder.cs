using System.Numerics;

namespace Coos.Baselines.Forest;

/// <summary>
/// Finds the best cut of a feature in a node by Gini impurity. Only occupied bins are visited, so small nodes are cheap.
/// </summary>
/// <param name="data">The binned features.</param>
/// <param name="labels">The class of each image.</param>
/// <param name="weights">The number of times that the bootstrap drew each image.</param>
/// <param name="classes">K, the number of classes.</param>
/// <param name="minLeaf">The minimum number of images on either side.</param>
internal sealed class SplitFinder(BinnedFeatures data, int[] labels, int[] weights, int classes, int minLeaf)
{
    private readonly int _stride = classes + 1;
    private readonly int[] _histogram = new int[BinnedFeatures.MaxBins * (classes + 1)];
    private readonly ulong[] _occupied = new ulong[BinnedFeatures.MaxBins / 64];
    private readonly int[] _left = new int[classes];

    /// <summary>Tries every cut of a feature.</summary>
    /// <param name="feature">0 .. D - 1.</param>
    /// <param name="images">The images of the node.</param>
    /// <param name="totals">The number of drawn images of each class in the node.</param>
    /// <returns>
    /// The last bin on the left and the first on the right, -1 if no cut is allowed; the score (higher is purer); whether all
    /// images are in one bin.
    /// </returns>
    public (int Left, int Right, double Score, bool Constant) Find(int feature, ReadOnlySpan<int> images, ReadOnlySpan<int> totals)
    {
        var column = data.Column(feature);
        foreach (var image in images)
        {
            int bin = column[image];
            _occupied[bin >> 6] |= 1UL << (bin & 63);
            _histogram[(bin * _stride) + labels[image]] += weights[image];
            _histogram[(bin * _stride) + classes]++;
        }

        return Scan(images.Length, totals);
    }

    private (int Left, int Right, double Score, bool Constant) Scan(int count, ReadOnlySpan<int> totals)
    {
        Array.Clear(_left);
        var (best, next, bestScore, leftCount, bins) = (-1, -1, double.NegativeInfinity, 0, 0);
        for (var word = 0; word < _occupied.Length; word++)
        {
            for (var bits = _occupied[word]; bits != 0; bits &= bits - 1)
            {
                var bin = (word << 6) + BitOperations.TrailingZeroCount(bits);
                var cell = _histogram.AsSpan(bin * _stride, _stride);
                bins++;
                next = next < 0 && best >= 0 ? bin : next;
                leftCount += cell[classes];
                var score = Move(cell, totals);
                cell.Clear();
                if (leftCount >= minLeaf && count - leftCount >= minLeaf && leftCount < count && score > bestScore)
                {
                    (best, next, bestScore) = (bin, -1, score);
                }
            }

            _occupied[word] = 0;
        }

        return (best, next, bestScore, bins < 2);
    }

    /// <summary>
    /// Moves a bin to the left. The score is sum l^2 / n_l + sum r^2 / n_r, which is highest at the lowest weighted Gini impurity.
    /// </summary>
    private double Move(ReadOnlySpan<int> bin, ReadOnlySpan<int> totals)
    {
        long leftSquares = 0,
            rightSquares = 0,
            leftTotal = 0,
            rightTotal = 0;
        for (var k = 0; k < _left.Length; k++)
        {
            long left = _left[k] += bin[k];
            var right = totals[k] - left;
            leftTotal += left;
            rightTotal += right;
            leftSquares += left * left;
            rightSquares += right * right;
        }

        return rightTotal == 0 ? double.NegativeInfinity : ((double)leftSquares / leftTotal) + ((double)rightSquares / rightTotal);
    }
}
