using Coos.Baselines.Deep.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Coos.Baselines.Deep.Inpainting;

/// <summary>
/// Paired cell inpainting (Lu et al., PLOS Computational Biology 15:e1007348, 2019) predicts the first channel of a target cell
/// from its second channel and a source cell. 3x3 convolutions with ReLU; in the encoders, batch normalisation after ReLU.
/// </summary>
/// <remarks>
/// Parameters: source.conv1 .. conv5 and bn1 .. bn5, target.conv1 .. conv3 and bn1 .. bn3, decoder.conv6 .. conv11. Epsilon and
/// momentum of batch normalisation, and the initialisation (Glorot uniform, biases 0), are the defaults of Keras, which the
/// authors used; the paper does not state them.
/// </remarks>
internal sealed class PciNetwork : Module<Tensor, Tensor, Tensor>
{
    /// <summary>The sides of images must be multiples of this, since they are halved twice.</summary>
    public const int SideUnit = 4;

    /// <summary>The number of layers of an encoder, from the first, after which the image is halved.</summary>
    public const int PooledLayers = 2;

    /// <summary>What batch normalisation adds to variances.</summary>
    public const double Epsilon = 1e-3;

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

    /// <summary>Gets the number of channels of a layer of the source encoder.</summary>
    /// <exception cref="BaselineException">The layer is unknown.</exception>
    public static int GetChannels(string layer) =>
        LayerNumber(layer) is var number && number is >= 1 and <= 5
            ? SourceWidths[number - 1]
            : throw new BaselineException($"PCI has no layer {layer}; its layers are conv1, conv2, conv3, conv4, conv5");

    /// <summary>The precision of the convolutions; single by default.</summary>
    public Precision Precision { get; init; }

    /// <summary>Predicts the first channel of the target cells.</summary>
    /// <param name="source">Both channels of the source cells, N x 2 x H x W.</param>
    /// <param name="target">The second channel of the target cells, N x 1 x H x W.</param>
    /// <returns>The first channel of the target cells, N x 1 x H x W.</returns>
    public override Tensor forward(Tensor source, Tensor target) =>
        _decoder.Run(cat([_source.Run(source, Precision), _target.Run(target, Precision)], 1), Precision).to(ScalarType.Float32);

    /// <summary>
    /// Removes the share of the initial values, 0 and 1, from the moving averages of batch normalisation. It is negligible after
    /// the published training, but 2% after 400 steps, where some variances are a ten-thousandth of that.
    /// </summary>
    /// <param name="steps">The number of training steps in the averages, at least 1.</param>
    public void RemoveInitialAverages(int steps)
    {
        using var gradients = no_grad();
        _source.RemoveInitialAverages(steps);
        _target.RemoveInitialAverages(steps);
    }

    /// <summary>Computes a convolution of the source encoder after ReLU and before batch normalisation.</summary>
    /// <param name="source">The source cells, N x 2 x H x W.</param>
    /// <param name="layer">The layer: conv1 .. conv5.</param>
    public Tensor Activation(Tensor source, string layer) => _source.Activation(source, LayerNumber(layer));

    /// <summary>Reads the number of a layer from its name, conv1 .. conv5; 0 if it has none.</summary>
    public static int LayerNumber(string layer) => layer is ['c', 'o', 'n', 'v', var digit] ? digit - '0' : 0;

    private static Conv2d Convolution(int input, int output, int size)
    {
        var convolution = Conv2d(input, output, size, padding: size / 2);
        init.xavier_uniform_(convolution.weight!);
        init.zeros_(convolution.bias!);
        return convolution;
    }

    private sealed class Encoder : Module
    {
        private const double Momentum = 0.01;

        private readonly List<(Conv2d Convolution, BatchNorm2d Norm)> _layers = [];

        public Encoder(string name, int channels, int[] widths)
            : base(name)
        {
            for (var i = 0; i < widths.Length; i++)
            {
                var convolution = Convolution(i == 0 ? channels : widths[i - 1], widths[i], 3);
                var norm = BatchNorm2d(widths[i], Epsilon, Momentum);
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

        public void RemoveInitialAverages(int steps)
        {
            // An average that keeps 1 - Momentum of its value in each step holds this share of the initial value.
            var left = Math.Pow(1 - Momentum, steps);
            foreach (var (_, norm) in _layers)
            {
                norm.running_mean!.div_(1 - left);
                norm.running_var!.sub_(left).div_(1 - left).clamp_(min: 0);
            }
        }

        /// <summary>Applies pooling after the first two layers.</summary>
        private static Tensor Next(Tensor x, int layer) => layer < PooledLayers ? functional.max_pool2d(x, 2, 2) : x;
    }

    private sealed class Decoder : Module
    {
        private const int FirstNumber = 6;

        // Back to half the size before conv9, and to the full size before conv10.
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
                if (UpsampledBefore.Contains(i))
                {
                    x = functional.interpolate(x, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
                }

                x = functional.relu(_layers[i].Forward(x, precision), inplace: true);
            }

            return _layers[^1].Forward(x, precision);
        }
    }
}
