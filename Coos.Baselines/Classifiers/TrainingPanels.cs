using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Coos.Baselines.Features;

namespace Coos.Baselines.Classifiers;

/// <summary>
/// The training images in panels of <see cref="Width"/> images, stored feature by feature so that a vector is contiguous in memory.
/// </summary>
internal sealed class TrainingPanels
{
    private readonly float[] _values;
    private readonly float[] _halfNorms;
    private readonly int _columns;

    /// <summary>Copies the features, padded with images at infinite distance.</summary>
    public TrainingPanels(FeatureMatrix features)
    {
        _columns = features.Columns;
        Count = (features.Rows + Width - 1) / Width;
        _values = new float[Count * Width * _columns];
        _halfNorms = new float[Count * Width];
        Array.Fill(_halfNorms, float.PositiveInfinity);
        for (var i = 0; i < features.Rows; i++)
        {
            var row = features.Row(i);
            var norm = 0.0;
            for (var d = 0; d < _columns; d++)
            {
                _values[(((i / Width * _columns) + d) * Width) + (i % Width)] = (float)row[d];
                norm += row[d] * row[d];
            }

            _halfNorms[i] = (float)(norm / 2);
        }
    }

    /// <summary>The number of images per panel: two vectors.</summary>
    public static int Width => 2 * Vector<float>.Count;

    /// <summary>The number of panels.</summary>
    public int Count { get; }

    /// <summary>Computes |t|^2 / 2 - q t, which has the same order as |q - t|, for four queries and the images of a panel.</summary>
    /// <param name="panel">0 .. <see cref="Count"/> - 1.</param>
    /// <param name="queries">The queries, D x 4.</param>
    /// <param name="distances">Receives 4 x <see cref="Width"/>.</param>
    public void ComputeDistances(int panel, ReadOnlySpan<float> queries, Span<float> distances)
    {
        var norms = MemoryMarshal.Cast<float, Vector<float>>(_halfNorms.AsSpan(panel * Width, Width));
        var (a0, b0) = (norms[0], norms[1]);
        var (a1, b1, a2, b2, a3, b3) = (a0, b0, a0, b0, a0, b0);
        var values = _values.AsSpan(panel * Width * _columns, Width * _columns);
        ref var value = ref Unsafe.As<float, Vector<float>>(ref MemoryMarshal.GetReference(values));
        ref var query = ref MemoryMarshal.GetReference(queries[..(4 * _columns)]);
        for (var d = 0; d < _columns; d++)
        {
            var (left, right) = (Unsafe.Add(ref value, 2 * d), Unsafe.Add(ref value, (2 * d) + 1));
            var q0 = new Vector<float>(-Unsafe.Add(ref query, 4 * d));
            var q1 = new Vector<float>(-Unsafe.Add(ref query, (4 * d) + 1));
            var q2 = new Vector<float>(-Unsafe.Add(ref query, (4 * d) + 2));
            var q3 = new Vector<float>(-Unsafe.Add(ref query, (4 * d) + 3));
            a0 = Vector.FusedMultiplyAdd(left, q0, a0);
            b0 = Vector.FusedMultiplyAdd(right, q0, b0);
            a1 = Vector.FusedMultiplyAdd(left, q1, a1);
            b1 = Vector.FusedMultiplyAdd(right, q1, b1);
            a2 = Vector.FusedMultiplyAdd(left, q2, a2);
            b2 = Vector.FusedMultiplyAdd(right, q2, b2);
            a3 = Vector.FusedMultiplyAdd(left, q3, a3);
            b3 = Vector.FusedMultiplyAdd(right, q3, b3);
        }

        var result = MemoryMarshal.Cast<float, Vector<float>>(distances);
        (result[0], result[1], result[2], result[3]) = (a0, b0, a1, b1);
        (result[4], result[5], result[6], result[7]) = (a2, b2, a3, b3);
    }
}
