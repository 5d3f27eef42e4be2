namespace Coos.Baselines.Deep.Vgg;

/// <summary>What pixels of 0 .. 255 become before the first convolution: it belongs to the weights.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="Divisor">Pixels are first divided by it.</param>
/// <param name="Means">Then a mean is subtracted, for each input channel in the weights' order.</param>
/// <param name="Deviations">Then they are divided by this.</param>
public sealed record VggPreprocessing(string Name, float Divisor, IReadOnlyList<float> Means, IReadOnlyList<float> Deviations)
{
    /// <summary>Keras and the original Caffe weights: BGR, minus ImageNet's mean. Grey images are the same in every channel, so only the order of the means matters.</summary>
    public static VggPreprocessing Caffe { get; } = new("caffe", 1, [103.939f, 116.779f, 123.68f], [1, 1, 1]);

    /// <summary>torchvision's own weights: RGB in 0 .. 1, standardised with ImageNet's mean and standard deviation.</summary>
    public static VggPreprocessing Torchvision { get; } = new("torchvision", 255, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>Finds one by name.</summary>
    /// <param name="name">What the user, or the weights' header, says; the header may go on after the first word.</param>
    /// <returns>Null where the name is neither.</returns>
    public static VggPreprocessing? Find(string name) => new[] { Caffe, Torchvision }
        .FirstOrDefault(p => name?.StartsWith(p.Name, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>Prepares one image.</summary>
    /// <param name="grey">H x W pixels, 0 .. 255.</param>
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
