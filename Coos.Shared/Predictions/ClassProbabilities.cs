using System.Numerics;
using System.Runtime.CompilerServices;

namespace Coos.Shared.Predictions;

/// <summary>
/// The probability of each class for each image. Each is 0..1; the sum of each image's is within 1e-3 of 1. They are kept as 32-bit numbers
/// where the file has such, or more than 255 classes, and as 64-bit numbers otherwise.
/// </summary>
/// <remarks>docs/decisions/0103-many-classes.md says what rounding to 32 bits does to the metrics.</remarks>
public sealed class ClassProbabilities
{
    private readonly double[]? _doubles;
    private readonly float[]? _floats;

    /// <summary>Creates a table of 64-bit numbers.</summary>
    /// <param name="values">Images x K values, image by image.</param>
    /// <param name="classCount">K, the number of classes.</param>
    public ClassProbabilities(double[] values, int classCount) => (_doubles, ClassCount) = (values, classCount);

    /// <summary>Creates a table of 32-bit numbers.</summary>
    /// <param name="values">Images x K values, image by image.</param>
    /// <param name="classCount">K, the number of classes.</param>
    public ClassProbabilities(float[] values, int classCount) => (_floats, ClassCount) = (values, classCount);

    /// <summary>K, the number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The number of images.</summary>
    public int Images => (_doubles?.Length ?? _floats!.Length) / ClassCount;

    /// <summary>Whether the numbers have 32 bits.</summary>
    public bool IsSingle => _floats is not null;

    /// <summary>The probability of a class.</summary>
    /// <param name="image">The position of the image.</param>
    /// <param name="k">The class.</param>
    public double this[int image, int k] =>
        _doubles is null ? _floats![((long)image * ClassCount) + k] : _doubles[((long)image * ClassCount) + k];

    /// <summary>The probabilities of an image.</summary>
    /// <param name="image">The position of the image.</param>
    /// <param name="buffer">Room for K numbers, which the result may use.</param>
    public ReadOnlySpan<double> RowOf(int image, Span<double> buffer)
    {
        if (_doubles is not null)
        {
            return _doubles.AsSpan(image * ClassCount, ClassCount);
        }

        Widen(_floats.AsSpan(image * ClassCount, ClassCount), buffer);
        return buffer[..ClassCount];
    }

    /// <summary>All probabilities, image by image.</summary>
    public double[] ToArray()
    {
        var values = new double[(long)Images * ClassCount];
        for (var image = 0; image < Images; image++)
        {
            RowOf(image, values.AsSpan(image * ClassCount, ClassCount)).CopyTo(values.AsSpan(image * ClassCount));
        }

        return values;
    }

    /// <summary>Selects the probabilities of some images.</summary>
    /// <param name="images">The positions of the images.</param>
    public ClassProbabilities Select(IReadOnlyList<int> images) =>
        _doubles is not null
            ? new ClassProbabilities(Select(_doubles, images), ClassCount)
            : new ClassProbabilities(Select(_floats!, images), ClassCount);

    /// <summary>Converts 32-bit numbers.</summary>
    /// <remarks>Compiled at once with all optimisations: the first large file would otherwise be read before they come.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Widen(ReadOnlySpan<float> source, Span<double> values)
    {
        var i = 0;
        for (; i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(source[i..]), out var low, out var high);
            low.CopyTo(values[i..]);
            high.CopyTo(values[(i + Vector<double>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            values[i] = source[i];
        }
    }

    /// <summary>Rounds to 32-bit numbers.</summary>
    /// <remarks>Compiled at once with all optimisations, as <see cref="Widen"/>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Narrow(ReadOnlySpan<double> source, Span<float> values)
    {
        var i = 0;
        for (; i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var (low, high) = (new Vector<double>(source[i..]), new Vector<double>(source[(i + Vector<double>.Count)..]));
            Vector.Narrow(low, high).CopyTo(values[i..]);
        }

        for (; i < source.Length; i++)
        {
            values[i] = (float)source[i];
        }
    }

    private T[] Select<T>(T[] values, IReadOnlyList<int> images)
    {
        var selected = GC.AllocateUninitializedArray<T>(images.Count * ClassCount);
        for (var i = 0; i < images.Count; i++)
        {
            values.AsSpan(images[i] * ClassCount, ClassCount).CopyTo(selected.AsSpan(i * ClassCount));
        }

        return selected;
    }
}
