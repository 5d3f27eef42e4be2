using Coos.Baselines.Deep.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Coos.Baselines.Deep.Inpainting;

/// <summary>
/// Paired cell inpainting (Lu et al., PLOS Computational Biology 15:e1007348, 2019): from a source cell and the second channel
/// of a target cell, the target's first channel. 3x3 convolutions with ReLU; in the encoders batch normalisation after ReLU.
/// </summary>
/// <remarks>
/// Parameters: source.conv1 .. conv5 and bn1 .. bn5, target.conv1 .. conv3 and bn1 .. bn3, decoder.conv6 .. conv11. Epsilon and
/// momentum of batch normalisation, and the initialisation (Glorot uniform, biases 0), are Keras's defaults, in which the
/// authors' program was written; the description names none.
/// </remarks>
internal sealed class PciNetwork : Module<Tensor, Tensor, Tensor>
{
    /// <summary>Images are halved twice, so their sides are multiples of this.</summary>
    public const int SideUnit = 4;

    private static readonly int[] SourceWidths = [96, 256, 384, 384, 256];
    private static readonly int[] TargetWidths = [16, 32, 32];
    private static readonly int[] DecoderWidths = [256, 384, 384, 256, 96, 1];

    private readonly Encoder _source = new("source", 2, SourceWidths);
    private readonly Encoder _target = new("target", 1, TargetWidths);
    private readonly Decoder _decoder = new(SourceWidths[^1] + TargetWidths[^1], DecoderWidths);

    public PciNetwork()
        : base("pci")
    {
        register_module("source", _source);
        register_module("target", _target);
        register_module("decoder", _decoder);
    }

    /// <summary>The channels of a layer of the source encoder: conv1 .. conv5.</summary>
    /// <exception cref="BaselineException">There is none of that name.</exception>
    public static int ChannelsOf(string layer) =>
        LayerNumber(layer) is var number && number is >= 1 and <= 5
            ? SourceWidths[number - 1]
            : throw new BaselineException($"PCI has no layer {layer}; its layers are conv1, conv2, conv3, conv4, conv5");

    /// <summary>How exactly its convolutions compute; single where nothing is said.</summary>
    public Precision Precision { get; init; }

    /// <summary>Inpaints.</summary>
    /// <param name="source">N x 2 x H x W: both channels of the source cells.</param>
    /// <param name="target">N x 1 x H x W: the second channel of the target cells.</param>
    /// <returns>N x 1 x H x W: the first channel of the target cells.</returns>
    public override Tensor forward(Tensor source, Tensor target) =>
        _decoder.Run(cat([_source.Run(source, Precision), _target.Run(target, Precision)], 1), Precision).to(ScalarType.Float32);

    /// <summary>
    /// Takes out of the moving averages of batch normalisation what is left in them of the values that they began with, 0 and 1.
    /// Nothing after the published training, but after 400 steps 2%, of variances of which some are a ten-thousandth of that.
    /// </summary>
    /// <param name="steps">The steps of training that the averages have seen; at least one.</param>
    public void ForgetFirstAverages(int steps)
    {
        using var gradients = no_grad();
        _source.ForgetFirstAverages(steps);
        _target.ForgetFirstAverages(steps);
    }

    /// <summary>What a convolution of the source encoder gives, after ReLU and before batch normalisation.</summary>
    /// <param name="source">N x 2 x H x W.</param>
    /// <param name="layer">conv1 .. conv5.</param>
    public Tensor Activation(Tensor source, string layer) => _source.Activation(source, LayerNumber(layer));

    private static int LayerNumber(string layer) => layer is ['c', 'o', 'n', 'v', var digit] ? digit - '0' : 0;

    private static Conv2d Convolution(int input, int output, int size)
    {
        var convolution = Conv2d(input, output, size, padding: size / 2);
        init.xavier_uniform_(convolution.weight!);
        init.zeros_(convolution.bias!);
        return convolution;
    }

    private sealed class Encoder : Module
    {
        private const double Epsilon = 1e-3;
        private const double Momentum = 0.01;

        private readonly List<(Conv2d Convolution, BatchNorm2d Norm)> _layers = [];

        public Encoder(string name, int channels, int[] widths)
            : base(name)
        {
            for (var i = 0; i < widths.Length; i++)
            {
                var (convolution, norm) = (Convolution(i == 0 ? channels : widths[i - 1], widths[i], 3), BatchNorm2d(widths[i], Epsilon, Momentum));
                register_module($"conv{i + 1}", convolution);
                register_module($"bn{i + 1}", norm);
                _layers.Add((convolution, norm));
            }
        }

        public Tensor Run(Tensor input, Precision precision)
        {
            var x = input;
            for (var i = 0; i < _layers.Count; i++)
            {
                x = Next(_layers[i].Norm.forward(_layers[i].Convolution.Forward(x, precision).relu()), i);
            }

            return x;
        }

        public Tensor Activation(Tensor input, int layer)
        {
            var x = input;
            for (var i = 0; i < layer - 1; i++)
            {
                x = Next(_layers[i].Norm.forward(_layers[i].Convolution.forward(x).relu()), i);
            }

            return _layers[layer - 1].Convolution.forward(x).relu();
        }

        public void ForgetFirstAverages(int steps)
        {
            // An average that keeps 1 - Momentum of itself at each step holds this much of its first value.
            var left = Math.Pow(1 - Momentum, steps);
            foreach (var (_, norm) in _layers)
            {
                norm.running_mean!.div_(1 - left);
                norm.running_var!.sub_(left).div_(1 - left).clamp_(min: 0);
            }
        }

        /// <summary>Pooling follows the first two layers.</summary>
        private static Tensor Next(Tensor x, int layer) => layer < 2 ? functional.max_pool2d(x, 2, 2) : x;
    }

    private sealed class Decoder : Module
    {
        private const int FirstNumber = 6;

        // Before conv9 back to half the size, before conv10 to the whole.
        private static readonly int[] UpsampledBefore = [3, 4];

        private readonly List<Conv2d> _layers = [];

        public Decoder(int channels, int[] widths)
            : base("decoder")
        {
            for (var i = 0; i < widths.Length; i++)
            {
                var convolution = Convolution(i == 0 ? channels : widths[i - 1], widths[i], i == widths.Length - 1 ? 1 : 3);
                register_module($"conv{i + FirstNumber}", convolution);
                _layers.Add(convolution);
            }
        }

        public Tensor Run(Tensor input, Precision precision)
        {
            var x = input;
            for (var i = 0; i < _layers.Count - 1; i++)
            {
                x = UpsampledBefore.Contains(i) ? functional.interpolate(x, scale_factor: [2, 2], mode: InterpolationMode.Nearest) : x;
                x = functional.relu(_layers[i].Forward(x, precision), inplace: true);
            }

            return _layers[^1].Forward(x, precision);
        }
    }
}
