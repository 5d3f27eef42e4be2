using Coos.Baselines.Deep.Inpainting;

namespace Coos.Baselines.Deep.Onnx;

/// <summary>Writes the source encoder of paired cell inpainting as operators, up to one layer.</summary>
internal static class PciOnnx
{
    /// <summary>Adds the maximum over space of a layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="network">The network.</param>
    /// <param name="layer">1 .. 5.</param>
    /// <returns>N x channels of the layer.</returns>
    public static string AddFeatures(OnnxGraph graph, PciNetwork network, int layer)
    {
        var tensors = new NetworkTensors(network);
        var x = AddScaling(graph);
        for (var i = 1; i <= layer; i++)
        {
            x = graph.AddConvolution($"conv{i}", x, tensors.Values($"source.conv{i}.weight"), tensors.Values($"source.conv{i}.bias"));
            if (i == layer)
            {
                break;
            }

            x = AddNormalisation(graph, tensors, i, x);
            if (i <= PciNetwork.PooledLayers)
            {
                x = graph.AddPooling($"pool{i}", x);
            }
        }

        return graph.AddMaximumOverSpace("features", x);
    }

    /// <summary>
    /// Adds batch normalisation. It follows ReLU, so that it cannot be folded into the convolution before it, nor into the one after
    /// it, whose border of zeros is not normalised.
    /// </summary>
    private static string AddNormalisation(OnnxGraph graph, NetworkTensors tensors, int layer, string input)
    {
        string Tensor(string name)
        {
            var values = tensors.Values($"source.bn{layer}.{name}");
            return graph.AddFloats($"bn{layer}.{name}", values, values.Length);
        }

        return graph.Add(
            $"bn{layer}",
            "BatchNormalization",
            [input, Tensor("weight"), Tensor("bias"), Tensor("running_mean"), Tensor("running_var")],
            OnnxAttribute.Number("epsilon", (float)PciNetwork.Epsilon)
        );
    }

    /// <summary>Adds <see cref="PciImage.Scale"/>.</summary>
    private static string AddScaling(OnnxGraph graph)
    {
        string Extreme(string name, string operation) =>
            graph.Add(name, operation, [OnnxGraph.Images], OnnxAttribute.Numbers("axes", 2, 3), OnnxAttribute.Number("keepdims", 1));

        var minimum = Extreme("minimum", "ReduceMin");
        var range = graph.Add("range", "Sub", [Extreme("maximum", "ReduceMax"), minimum]);
        var isPositive = graph.Add("varies", "Greater", [range, graph.AddFloats("zero", [0])]);
        var divisor = graph.Add("divisor", "Where", [isPositive, range, graph.AddFloats("one", [1])]);
        return graph.Add("scaled", "Div", [graph.Add("shifted", "Sub", [OnnxGraph.Images, minimum]), divisor]);
    }
}
