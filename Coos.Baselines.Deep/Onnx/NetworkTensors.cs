using Coos.Baselines.Deep.Weights;
using TorchSharp;

namespace Coos.Baselines.Deep.Onnx;

/// <summary>The parameters and averages of a network by their PyTorch names.</summary>
internal sealed class NetworkTensors(torch.nn.Module network)
{
    private readonly Dictionary<string, torch.Tensor> _tensors = NetworkWeights
        .GetTensors(network)
        .ToDictionary(t => t.Name, t => t.Tensor, StringComparer.Ordinal);

    /// <summary>Copies the values of a tensor, in row-major order.</summary>
    public float[] Values(string name)
    {
        using var scope = torch.NewDisposeScope();
        return _tensors[name].detach().cpu().contiguous().data<float>().ToArray();
    }

    /// <summary>The dimensions of a tensor.</summary>
    public long[] Shape(string name) => _tensors[name].shape;

    /// <summary>
    /// The weights and biases of a convolution or fully connected layer with the batch normalisation that follows it, as one layer.
    /// </summary>
    /// <param name="layer">The name of the layer.</param>
    /// <param name="norm">The name of the batch normalisation.</param>
    /// <param name="epsilon">What is added to its variances.</param>
    /// <returns>The weights in the shape of the layer's, and one bias per output.</returns>
    public (float[] Weights, float[] Biases) Fold(string layer, string norm, double epsilon)
    {
        var (weights, biases) = (Values($"{layer}.weight"), Values($"{layer}.bias"));
        var (gammas, betas) = (Values($"{norm}.weight"), Values($"{norm}.bias"));
        var (means, variances) = (Values($"{norm}.running_mean"), Values($"{norm}.running_var"));
        var inputs = weights.Length / biases.Length;
        for (var output = 0; output < biases.Length; output++)
        {
            var scale = gammas[output] / Math.Sqrt(variances[output] + epsilon);
            foreach (ref var weight in weights.AsSpan(output * inputs, inputs))
            {
                weight = (float)(weight * scale);
            }

            biases[output] = (float)(((biases[output] - (double)means[output]) * scale) + betas[output]);
        }

        return (weights, biases);
    }
}
