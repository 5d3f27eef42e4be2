using System.Numerics;

namespace Coos.Evaluator.Statistics;

/// <summary>
/// A layout of a split's images, sorted by class, that encodes a submission as one bit per image. The disagreements of two
/// submissions are then counted 64 images at a time.
/// </summary>
public sealed class CorrectnessMap
{
    private readonly ushort[] _actual;
    private readonly int[] _slots;
    private readonly int[] _firstWords;

    /// <summary>Creates the layout of a split.</summary>
    /// <param name="actual">True class indices.</param>
    /// <param name="classCount">K, the number of classes.</param>
    public CorrectnessMap(ReadOnlySpan<ushort> actual, int classCount)
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

    /// <summary>n_k, the number of images of each class.</summary>
    public IReadOnlyList<int> ClassImages { get; }

    /// <summary>K', the number of classes with images.</summary>
    public int Present { get; }

    /// <summary>
    /// Encodes a submission: a bit is 1 if the image is predicted correctly; each class begins a new word, padded with 0.
    /// </summary>
    public ulong[] Encode(ReadOnlySpan<ushort> predicted)
    {
        if (predicted.Length != _actual.Length)
        {
            throw new ArgumentException(
                $"{_actual.Length} labels and {predicted.Length} predictions; the numbers must be equal.",
                nameof(predicted)
            );
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

    /// <summary>Counts, per class, the images that only a and only b predicts correctly.</summary>
    /// <param name="a">The bits of one submission.</param>
    /// <param name="b">The bits of the other submission.</param>
    /// <param name="onlyA">Receives b_k, K counts.</param>
    /// <param name="onlyB">Receives c_k, K counts.</param>
    public void Count(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<int> onlyA, Span<int> onlyB)
    {
        for (var k = 0; k < ClassImages.Count; k++)
        {
            var left = a[_firstWords[k].._firstWords[k + 1]];
            var right = b[_firstWords[k].._firstWords[k + 1]];
            int first = 0,
                second = 0;
            for (var w = 0; w < left.Length; w++)
            {
                first += BitOperations.PopCount(left[w] & ~right[w]);
                second += BitOperations.PopCount(right[w] & ~left[w]);
            }

            onlyA[k] = first;
            onlyB[k] = second;
        }
    }

    /// <summary>Counts, per class, the images that exactly one of two submissions predicts correctly.</summary>
    /// <param name="a">The bits of one submission.</param>
    /// <param name="b">The bits of the other submission.</param>
    /// <param name="different">Receives K counts, b_k + c_k.</param>
    public void CountDifferent(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<int> different)
    {
        for (var k = 0; k < ClassImages.Count; k++)
        {
            var left = a[_firstWords[k].._firstWords[k + 1]];
            var right = b[_firstWords[k].._firstWords[k + 1]];
            var count = 0;
            for (var w = 0; w < left.Length; w++)
            {
                count += BitOperations.PopCount(left[w] ^ right[w]);
            }

            different[k] = count;
        }
    }

    /// <summary>Counts, per class, the images that a submission predicts wrongly.</summary>
    /// <param name="bits">The bits of the submission.</param>
    /// <param name="wrong">Receives K counts.</param>
    public void CountWrong(ReadOnlySpan<ulong> bits, Span<int> wrong)
    {
        for (var k = 0; k < ClassImages.Count; k++)
        {
            var count = ClassImages[k];
            foreach (var word in bits[_firstWords[k].._firstWords[k + 1]])
            {
                count -= BitOperations.PopCount(word);
            }

            wrong[k] = count;
        }
    }

    /// <summary>Whether a submission predicts an image correctly.</summary>
    /// <param name="bits">The bits of the submission.</param>
    /// <param name="image">The position of the image in the split.</param>
    internal bool IsCorrect(ReadOnlySpan<ulong> bits, int image) => ((bits[_slots[image] / 64] >> (_slots[image] % 64)) & 1) == 1;
}
