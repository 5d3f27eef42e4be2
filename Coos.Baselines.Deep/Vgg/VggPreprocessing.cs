namespace Coos.Baselines.Deep.Vgg;

/// <summary>The preprocessing of pixels 0 .. 255 before the first convolution, which belongs to the weights.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Divisor">The divisor of the pixels, applied first.</param>
/// <param name="Means">The mean of each input channel in the order of the weights, subtracted next.</param>
/// <param name="Deviations">The deviation of each input channel, by which values are divided last.</param>
public sealed record VggPreprocessing(string Name, float Divisor, IReadOnlyList<float> Means, IReadOnlyList<float> Deviations)
{
    /// <summary>
    /// For Keras and the original Caffe weights: BGR minus the mean of ImageNet. Grey images are equal in all channels, so only the
    /// order of the means matters.
    /// </summary>
    public static VggPreprocessing Caffe { get; } = new("caffe", 1, [103.939f, 116.779f, 123.68f], [1, 1, 1]);

    /// <summary>For the weights of torchvision: RGB in 0 .. 1, standardised with the mean and standard deviation of ImageNet.</summary>
    public static VggPreprocessing Torchvision { get; } = new("torchvision", 255, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>Finds a preprocessing by name.</summary>
    /// <param name="name">The name, or a header value that starts with it.</param>
    /// <returns>Null if the name is unknown.</returns>
    public static VggPreprocessing? Find(string name) =>
        new[] { Caffe, Torchvision }.FirstOrDefault(p => name?.StartsWith(p.Name, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>Prepares one image.</summary>
    /// <param name="grey">Pixels, H x W, 0 .. 255.</param>
    /// <param name="input">Receives 3 x H x W values.</param>
    internal void Apply(ReadOnlySpan<byte> grey, Span<float> input)
    {
        for (var channel = 0; channel < Means.Count; channel++)
        {
            var plane = input.Slice(channel * grey.Length, grey.Length);
            for (var i = 0; i < grey.Length; i++)
            {
                plane[i] = ((grey[i] / Divisor) - Means[channel]) / Deviations[channel];
            }
        }
    }
}
