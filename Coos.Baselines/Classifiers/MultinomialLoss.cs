using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Coos.Baselines.Classifiers;

/// <summary>The log loss of multinomial logistic regression, C times the sum over images, with its first two derivatives.</summary>
/// <remarks>
/// Parameters are K blocks of D + 1; the last one of each block is the intercept. Every sum runs over the images in order, and
/// vector lanes are separate sums, so neither threads nor the vector width change any bit of the result.
/// </remarks>
internal sealed class MultinomialLoss
{
    /// <summary>The number of images that a thread takes at a time, whose losses are one partial sum.</summary>
    private const int Chunk = 1024;

    private readonly int[] _labels;
    private readonly double _c;
    private readonly double[] _images;
    private readonly double[] _probabilities;
    private readonly ParallelOptions _parallel;

    /// <summary>Copies the images, each with a 1 for the intercept and padded with zeros to a whole number of vectors.</summary>
    public MultinomialLoss(TrainingSet training, double c, CancellationToken cancellation)
    {
        _labels = training.Labels;
        _c = c;
        Rows = training.Features.Rows;
        Classes = training.Classes;
        Block = training.Features.Columns + 1;
        Stride = (Block + Lanes - 1) / Lanes * Lanes;
        _images = new double[(long)Rows * Stride];
        _probabilities = new double[(long)Rows * Classes];
        _parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        for (var i = 0; i < Rows; i++)
        {
            var row = _images.AsSpan(i * Stride, Block);
            training.Features.Row(i).CopyTo(row);
            row[^1] = 1;
        }
    }

    /// <summary>N, the number of images.</summary>
    public int Rows { get; }

    /// <summary>K, the number of classes.</summary>
    public int Classes { get; }

    /// <summary>D + 1, the number of parameters per class.</summary>
    public int Block { get; }

    private static int Lanes => Vector<double>.Count;

    private int Stride { get; }

    /// <summary>Computes the loss and keeps the probabilities for the derivatives.</summary>
    /// <param name="parameters">The parameters, K x (D + 1).</param>
    public double Evaluate(double[] parameters)
    {
        var parts = new double[(Rows + Chunk - 1) / Chunk];
        Parallel.For(
            0,
            parts.Length,
            _parallel,
            part =>
            {
                for (var i = part * Chunk; i < Math.Min(Rows, (part + 1) * Chunk); i++)
                {
                    parts[part] += Evaluate(parameters, i);
                }
            }
        );
        var sum = 0.0;
        foreach (var part in parts)
        {
            sum += part;
        }

        return _c * sum;
    }

    /// <summary>Computes the gradient at the last evaluated parameters.</summary>
    /// <returns>The gradient, K x (D + 1).</returns>
    public double[] Gradient()
    {
        var gradient = new double[Classes * Block];
        Parallel.For(
            0,
            Classes,
            _parallel,
            k =>
            {
                var sums = new double[Stride];
                for (var i = 0; i < Rows; i++)
                {
                    var residual = _probabilities[(i * Classes) + k] - (_labels[i] == k ? 1 : 0);
                    TensorPrimitives.MultiplyAdd(_images.AsSpan(i * Stride, Stride), _c * residual, sums, sums);
                }

                sums.AsSpan(0, Block).CopyTo(gradient.AsSpan(k * Block));
            }
        );
        return gradient;
    }

    /// <summary>Computes the Hessian at the last evaluated parameters, by pairs of classes.</summary>
    /// <returns>A symmetric matrix with K (D + 1) rows and columns.</returns>
    public double[][] Hessian()
    {
        var hessian = Enumerable.Range(0, Classes * Block).Select(_ => new double[Classes * Block]).ToArray();
        var pairs = Enumerable.Range(0, Classes).SelectMany(k => Enumerable.Range(k, Classes - k).Select(l => (K: k, L: l))).ToArray();
        Parallel.ForEach(
            pairs,
            _parallel,
            pair =>
            {
                var sums = Gram(pair.K, pair.L);
                for (var a = 0; a < Block; a++)
                {
                    for (var b = 0; b < Block; b++)
                    {
                        var value = sums[(Math.Min(a, b) * Stride) + Math.Max(a, b)];
                        hessian[(pair.K * Block) + a][(pair.L * Block) + b] = value;
                        hessian[(pair.L * Block) + b][(pair.K * Block) + a] = value;
                    }
                }
            }
        );
        return hessian;
    }

    private double Evaluate(double[] parameters, int image)
    {
        var row = _images.AsSpan(image * Stride, Block);
        var scores = _probabilities.AsSpan(image * Classes, Classes);
        for (var k = 0; k < Classes; k++)
        {
            scores[k] = Dot(row, parameters.AsSpan(k * Block, Block));
        }

        var (highest, own, total) = (TensorPrimitives.Max<double>(scores), scores[_labels[image]], 0.0);
        for (var k = 0; k < Classes; k++)
        {
            scores[k] = Math.Exp(scores[k] - highest);
            total += scores[k];
        }

        TensorPrimitives.Divide(scores, total, scores);
        return highest + Math.Log(total) - own;
    }

    /// <summary>The dot product in four parallel sums, regardless of the vector width of the machine.</summary>
    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double a = 0,
            b = 0,
            c = 0,
            d = 0;
        var i = 0;
        for (; i + 4 <= x.Length; i += 4)
        {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }

        for (; i < x.Length; i++)
        {
            a += x[i] * y[i];
        }

        return a + b + (c + d);
    }

    /// <summary>Computes the upper half of the sum over images of a weight times the outer product of the image with itself.</summary>
    private double[] Gram(int k, int l)
    {
        var sums = new double[Block * Stride];
        Span<double> weights = stackalloc double[4];
        for (var i = 0; i < Rows; i += 4)
        {
            for (var r = 0; r < 4; r++)
            {
                var image = Math.Min(i + r, Rows - 1);
                var p = _probabilities[(image * Classes) + k];
                weights[r] = i + r < Rows ? _c * p * ((k == l ? 1 : 0) - _probabilities[(image * Classes) + l]) : 0;
            }

            AddFour(i, weights, sums);
            if (i % Chunk == 0)
            {
                _parallel.CancellationToken.ThrowIfCancellationRequested();
            }
        }

        return sums;
    }

    /// <summary>Adds four images at a time, so that a sum is loaded and stored once per four products.</summary>
    private void AddFour(int first, ReadOnlySpan<double> weights, double[] sums)
    {
        var row0 = Row(first);
        var row1 = Row(first + 1);
        var row2 = Row(first + 2);
        var row3 = Row(first + 3);
        var x0 = MemoryMarshal.Cast<double, Vector<double>>(row0);
        var x1 = MemoryMarshal.Cast<double, Vector<double>>(row1);
        var x2 = MemoryMarshal.Cast<double, Vector<double>>(row2);
        var x3 = MemoryMarshal.Cast<double, Vector<double>>(row3);
        for (var a = 0; a < Block; a++)
        {
            var z0 = new Vector<double>(weights[0] * row0[a]);
            var z1 = new Vector<double>(weights[1] * row1[a]);
            var z2 = new Vector<double>(weights[2] * row2[a]);
            var z3 = new Vector<double>(weights[3] * row3[a]);
            var line = MemoryMarshal.Cast<double, Vector<double>>(sums.AsSpan(a * Stride, Stride));
            for (var b = a / Lanes; b < line.Length; b++)
            {
                line[b] += (z0 * x0[b]) + (z1 * x1[b]) + ((z2 * x2[b]) + (z3 * x3[b]));
            }
        }
    }

    private Span<double> Row(int image) => _images.AsSpan(Math.Min(image, Rows - 1) * Stride, Stride);
}
