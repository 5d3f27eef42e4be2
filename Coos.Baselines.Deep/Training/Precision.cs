using System.Text.Json.Serialization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Coos.Baselines.Deep.Training;

/// <summary>How exactly a network is trained.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Precision>))]
public enum Precision
{
    /// <summary>32 bit floats throughout.</summary>
    Single = 0,

    /// <summary>
    /// Convolutions multiply bfloat16 numbers (8 bits of precision) and add in 32 bits; weights, batch normalisation's statistics,
    /// fully connected layers, loss and optimiser keep 32 bits, as does a convolution whose channels are no multiple of 16. Two to three times as fast on processors with AVX-512 BF16 or AMX,
    /// slower on others.
    /// </summary>
    Mixed = 1,
}

/// <summary>Convolutions in either precision.</summary>
internal static class PrecisionConvolution
{
    // libtorch 2.10 computes wrong numbers, not less exact ones, where the channels of a bfloat16 convolution are no multiple of
    // this: its results for other numbers of output channels, its gradients for other numbers of input channels.
    private const int ChannelUnit = 16;

    /// <summary>What <c>convolution.forward(x)</c> gives, in single precision or rounded to bfloat16.</summary>
    /// <param name="convolution">Stride 1, as many zeros around as keep the size.</param>
    /// <param name="x">N x C x H x W, of either type.</param>
    /// <param name="precision">Mixed: the result is of bfloat16 too where the layer allows, so that what follows moves half the bytes.</param>
    public static Tensor Forward(this Conv2d convolution, Tensor x, Precision precision)
    {
        var weight = convolution.weight;
        var isRight = weight.shape[0] % ChannelUnit == 0 && (weight.shape[1] % ChannelUnit == 0 || !x.requires_grad);
        if (precision == Precision.Single || !isRight)
        {
            return convolution.forward(x.to(ScalarType.Float32));
        }

        var margin = weight.shape[^1] / 2;
        return nn.functional.conv2d(x.to(ScalarType.BFloat16), weight.to(ScalarType.BFloat16), convolution.bias!.to(ScalarType.BFloat16), padding: [margin, margin]);
    }
}
