using System.Numerics.Tensors;

namespace Coos.Baselines.Texture;

/// <summary>Computes the texture features of one image at a time. An instance holds buffers, so each thread needs its own.</summary>
/// <remarks>
/// The features are Haralick texture averaged over directions; mean, sum and standard deviation of the first channel; and its
/// correlation with the second. Intensities are used as stored, since standardisation removes a scale common to all images.
/// </remarks>
internal sealed class TextureImage(TextureOptions options, int channels, int height, int width)
{
    private readonly HaralickTexture _haralick = new();
    private readonly byte[] _levels = new byte[height * width];
    private readonly double[] _first = new double[height * width];
    private readonly double[] _second = new double[height * width];

    /// <summary>Computes the features of an image.</summary>
    /// <param name="image">Finite samples, C x H x W.</param>
    /// <param name="features">Receives one value per feature.</param>
    public void Compute(ReadOnlySpan<float> image, Span<double> features)
    {
        var channel = image[..(height * width)];
        GreyLevels.Quantise(channel, _levels);
        Span<double> one = stackalloc double[HaralickTexture.FeatureCount];
        foreach (var distance in options.Distances)
        {
            var mean = features[..HaralickTexture.FeatureCount];
            mean.Clear();
            for (var direction = 0; direction < HaralickTexture.Directions.Count; direction++)
            {
                _haralick.Compute(_levels, height, width, distance, direction, one);
                TensorPrimitives.Add(mean, one, mean);
            }

            TensorPrimitives.Divide(mean, HaralickTexture.Directions.Count, mean);
            features = features[HaralickTexture.FeatureCount..];
        }

        ComputeIntensities(channel, features);
        if (channels > 1)
        {
            TensorPrimitives.ConvertChecked<float, double>(image.Slice(height * width, height * width), _second);
            features[3] = ComputeCorrelation();
        }
    }

    private void ComputeIntensities(ReadOnlySpan<float> channel, Span<double> features)
    {
        TensorPrimitives.ConvertChecked<float, double>(channel, _first);
        var sum = TensorPrimitives.Sum<double>(_first);
        var mean = sum / _first.Length;
        features[0] = mean;
        features[1] = sum;
        var variance = (TensorPrimitives.SumOfSquares<double>(_first) / _first.Length) - (mean * mean);
        features[2] = IsConstant(_first) ? 0 : Math.Sqrt(Math.Max(0, variance));
    }

    /// <summary>Computes Pearson's correlation; 0 if a channel is constant.</summary>
    private double ComputeCorrelation()
    {
        if (IsConstant(_first) || IsConstant(_second))
        {
            return 0;
        }

        double n = _first.Length;
        var (sumX, sumY) = (TensorPrimitives.Sum<double>(_first), TensorPrimitives.Sum<double>(_second));
        var x = TensorPrimitives.SumOfSquares<double>(_first) - (sumX * sumX / n);
        var y = TensorPrimitives.SumOfSquares<double>(_second) - (sumY * sumY / n);
        return x > 0 && y > 0 ? (TensorPrimitives.Dot<double>(_first, _second) - (sumX * sumY / n)) / Math.Sqrt(x * y) : 0;
    }

    /// <summary>Compares samples, since rounded sums of squares would give a constant channel a deviation.</summary>
    private static bool IsConstant(ReadOnlySpan<double> samples) => !samples.ContainsAnyExcept(samples[0]);
}
