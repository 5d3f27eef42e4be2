using Coos.Baselines.Deep.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Coos.Baselines.Deep.DeepLoc;

/// <summary>
/// DeepLoc (Kraus et al., Molecular Systems Biology 13:924, 2017): 8 convolutions and 3 fully connected layers, each with batch
/// normalisation, also on the logits, before ReLU. Parameters: conv1 .. conv8, bn1 .. bn8, fc1 .. fc3, bn_fc1 .. bn_fc3.
/// </summary>
internal sealed class DeepLocNetwork : Module<Tensor, Tensor>
{
    /// <summary>The side of the input in pixels.</summary>
    public const int Side = 60;

    /// <summary>The width of both hidden fully connected layers.</summary>
    public const int Hidden = 512;

    /// <summary>The output channels of the convolutions.</summary>
    public static readonly int[] Widths = [64, 64, 128, 128, 256, 256, 256, 256];

    /// <summary>The convolutions, counted from 0, after which the image is halved.</summary>
    public static readonly int[] PooledAfter = [1, 3, 7];

    /// <summary>What batch normalisation adds to variances.</summary>
    public const double Epsilon = 1e-3;

    // The moving average keeps half of its value in each step; in PyTorch, momentum is the share of the new value.
    private const double Momentum = 0.5;
    private const double InitialDeviation = 0.1;
    private const double InitialBias = 0.1;

    // 60 -> 30 -> 15 -> 8 pixels: "SAME" pooling extends beyond the lower right edge, as in ceil mode.
    private const int PooledSide = 8;

    private readonly List<(Conv2d Convolution, BatchNorm2d Norm)> _convolutions = [];
    private readonly List<(Linear Linear, BatchNorm1d Norm)> _dense = [];

    public DeepLocNetwork(int channels, int classes)
        : base("deeploc")
    {
        for (var i = 0; i < Widths.Length; i++)
        {
            var convolution = Conv2d(i == 0 ? channels : Widths[i - 1], Widths[i], 3, padding: 1);
            var norm = BatchNorm2d(Widths[i], Epsilon, Momentum);
            register_module($"conv{i + 1}", convolution);
            register_module($"bn{i + 1}", norm);
            _convolutions.Add((convolution, norm));
        }

        int[] sizes = [PooledSide * PooledSide * Widths[^1], Hidden, Hidden, classes];
        for (var i = 1; i < sizes.Length; i++)
        {
            var (linear, norm) = (Linear(sizes[i - 1], sizes[i]), BatchNorm1d(sizes[i], Epsilon, Momentum));
            register_module($"fc{i}", linear);
            register_module($"bn_fc{i}", norm);
            _dense.Add((linear, norm));
        }

        Initialise();
    }

    /// <summary>The precision of the convolutions; single by default.</summary>
    public Precision Precision { get; init; }

    /// <summary>Computes logits, N x K, from images, N x C x 60 x 60.</summary>
    public override Tensor forward(Tensor input)
    {
        var (linear, norm) = _dense[^1];
        return norm.forward(linear.forward(Features(input)));
    }

    /// <summary>Computes the second fully connected layer after ReLU, N x 512, from images, N x C x 60 x 60.</summary>
    public Tensor Features(Tensor input)
    {
        var x = input;
        for (var i = 0; i < _convolutions.Count; i++)
        {
            var (convolution, norm) = _convolutions[i];
            x = functional.relu(norm.forward(convolution.Forward(x, Precision)), inplace: true);
            if (PooledAfter.Contains(i))
            {
                x = functional.max_pool2d(x, 2, 2, ceil_mode: true);
            }
        }

        x = x.flatten(1).to(ScalarType.Float32);
        foreach (var (linear, norm) in _dense.SkipLast(1))
        {
            x = functional.relu(norm.forward(linear.forward(x)), inplace: true);
        }

        return x;
    }

    /// <summary>Initialises weights with a normal of deviation 0.1, truncated at two deviations, and biases with 0.1.</summary>
    private void Initialise()
    {
        var parameters = _convolutions
            .Select(c => (c.Convolution.weight, c.Convolution.bias))
            .Concat(_dense.Select(d => (d.Linear.weight, d.Linear.bias)));
        foreach (var (weight, bias) in parameters)
        {
            TruncatedNormal.Fill(weight!, InitialDeviation);
            init.constant_(bias!, InitialBias);
        }
    }
}
