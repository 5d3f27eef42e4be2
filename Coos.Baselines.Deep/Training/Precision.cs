using System.Text.Json.Serialization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Coos.Baselines.Deep.Training;

/// <summary>The precision in which a network is trained.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Precision>))]
public enum Precision
{
    /// <summary>32-bit floats everywhere.</summary>
    Single = 0,

    /// <summary>
    /// Convolutions multiply bfloat16 numbers (8 bits of precision) and add in 32 bits. Weights, statistics of batch normalisation,
    /// fully connected layers, loss and optimiser keep 32 bits, as do convolutions whose channels are not a multiple of 16. It is two
    /// to three times as fast on processors with AVX-512 BF16 or AMX, and slower on others.
    /// </summary>
    Mixed = 1,
}

/// <summary>Convolutions in either precision.</summary>
internal static class PrecisionConvolution
{
    // libtorch 2.10 computes wrong numbers, not only less exact ones, if the channels of a bfloat16 convolution are not a multiple
    // of this: wrong results for the output channels, wrong gradients for the input channels.
    private const int ChannelUnit = 16;

    /// <summary>Computes <c>convolution.forward(x)</c> in single precision or with bfloat16 rounding.</summary>
    /// <param name="convolution">A convolution of stride 1 with padding that keeps the size.</param>
    /// <param name="x">The input, N x C x H x W, of either type.</param>
    /// <param name="precision">With mixed precision, the result is bfloat16 too if the layer allows, which halves memory traffic.</param>
    public static Tensor Forward(this Conv2d convolution, Tensor x, Precision precision)
    {
        var weight = convolution.weight;
        var isSupported = weight.shape[0] % ChannelUnit == 0 && (weight.shape[1] % ChannelUnit == 0 || !x.requires_grad);
        if (precision == Precision.Single || !isSupported)
        {
            return convolution.forward(x.to(ScalarType.Float32));
        }

        var margin = weight.shape[^1] / 2;
        return nn.functional.conv2d(
            x.to(ScalarType.BFloat16),
            weight.to(ScalarType.BFloat16),
            convolution.bias!.to(ScalarType.BFloat16),
            padding: [margin, margin]
        );
    }
}
