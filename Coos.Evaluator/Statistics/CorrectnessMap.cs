using System.Numerics;

namespace Coos.Evaluator.Statistics;

/// <summary>
/// The classes of a split's images, sorted so that the images of a class are neighbours: a submission is then one bit an
/// image, and what two submissions disagree on is counted 64 images at a time.
/// </summary>
public sealed class CorrectnessMap
{
    private readonly byte[] _actual;
    private readonly int[] _slots;
    private readonly int[] _firstWords;

    /// <summary>Lays a split out.</summary>
    /// <param name="actual">True class indices.</param>
    /// <param name="classCount">K.</param>
    public CorrectnessMap(ReadOnlySpan<byte> actual, int classCount)
    {
        _actual = actual.ToArray();
        var images = new int[classCount];
        foreach (var k in _actual)
        {
            images[k]++;
        }

        ClassImages = images;
        Present = images.Count(n => n > 0);
        _firstWords = new int[classCount + 1];
        for (var k = 0; k < classCount; k++)
        {
            _firstWords[k + 1] = _firstWords[k] + ((images[k] + 63) / 64);
        }

        var next = _firstWords.Select(w => w * 64).ToArray();
        _slots = [.. _actual.Select(k => next[k]++)];
    }

    /// <summary>n_k, the images of each class.</summary>
    public IReadOnlyList<int> ClassImages { get; }

    /// <summary>K'.</summary>
    public int Present { get; }

    /// <summary>The bits of a submission: 1 where it is right; each class begins a new word, padded with 0.</summary>
    public ulong[] Bits(ReadOnlySpan<byte> predicted)
    {
        if (predicted.Length != _actual.Length)
        {
            throw new ArgumentException($"{_actual.Length} labels and {predicted.Length} predictions; there must be as many of each.", nameof(predicted));
        }

        var bits = new ulong[_firstWords[^1]];
        for (var i = 0; i < predicted.Length; i++)
        {
            if (predicted[i] == _actual[i])
            {
                bits[_slots[i] / 64] |= 1UL << (_slots[i] % 64);
            }
        }

        return bits;
    }

    /// <summary>Counts, for each class, the images that only a and only b is right about.</summary>
    /// <param name="a">Bits of one submission.</param>
    /// <param name="b">Bits of another.</param>
    /// <param name="onlyA">K counts, b_k of the statistic.</param>
    /// <param name="onlyB">K counts, c_k of the statistic.</param>
    public void Count(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<int> onlyA, Span<int> onlyB)
    {
        for (var k = 0; k < ClassImages.Count; k++)
        {
            var left = a[_firstWords[k].._firstWords[k + 1]];
            var right = b[_firstWords[k].._firstWords[k + 1]];
            int first = 0, second = 0;
            for (var w = 0; w < left.Length; w++)
            {
                first += BitOperations.PopCount(left[w] & ~right[w]);
                second += BitOperations.PopCount(right[w] & ~left[w]);
            }

            onlyA[k] = first;
            onlyB[k] = second;
        }
    }
}
