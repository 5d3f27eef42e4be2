namespace Coos.Baselines.Deep.Onnx;

/// <summary>Adds the layers that the networks have in common.</summary>
internal static class OnnxLayers
{
    /// <summary>Adds a 3 x 3 convolution that keeps height and width, with ReLU.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the layer.</param>
    /// <param name="input">N x inputs x H x W.</param>
    /// <param name="weights">Outputs x inputs x 3 x 3.</param>
    /// <param name="biases">One per output.</param>
    /// <returns>N x outputs x H x W.</returns>
    public static string AddConvolution(this OnnxGraph graph, string name, string input, float[] weights, float[] biases)
    {
        const int side = 3;
        string[] inputs =
        [
            input,
            graph.AddFloats($"{name}.weight", weights, biases.Length, weights.Length / biases.Length / side / side, side, side),
            graph.AddFloats($"{name}.bias", biases, biases.Length),
        ];
        var sum = graph.Add(
            $"{name}.sum",
            "Conv",
            inputs,
            OnnxAttribute.Numbers("kernel_shape", side, side),
            OnnxAttribute.Numbers("pads", 1, 1, 1, 1)
        );
        return graph.Add(name, "Relu", [sum]);
    }

    /// <summary>Adds a fully connected layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the layer.</param>
    /// <param name="input">N x inputs.</param>
    /// <param name="weights">Outputs x inputs.</param>
    /// <param name="biases">One per output.</param>
    /// <param name="isHalf">Whether the weights are stored in 16 bits.</param>
    /// <returns>N x outputs.</returns>
    public static string AddDense(this OnnxGraph graph, string name, string input, float[] weights, float[] biases, bool isHalf = false)
    {
        long[] shape = [biases.Length, weights.Length / biases.Length];
        string[] inputs =
        [
            input,
            isHalf ? graph.AddHalves($"{name}.weight", weights, shape) : graph.AddFloats($"{name}.weight", weights, shape),
            graph.AddFloats($"{name}.bias", biases, biases.Length),
        ];
        return graph.Add(name, "Gemm", inputs, OnnxAttribute.Number("transB", 1));
    }

    /// <summary>Adds the maximum of 2 x 2 pixels.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The name of the layer.</param>
    /// <param name="input">N x channels x H x W.</param>
    /// <param name="keepsEdge">Whether an odd last row or column is a maximum of its own, or left out.</param>
    public static string AddPooling(this OnnxGraph graph, string name, string input, bool keepsEdge = false) =>
        graph.Add(
            name,
            "MaxPool",
            [input],
            OnnxAttribute.Numbers("kernel_shape", 2, 2),
            OnnxAttribute.Numbers("strides", 2, 2),
            OnnxAttribute.Number("ceil_mode", keepsEdge ? 1 : 0)
        );

    /// <summary>Adds the maximum over space.</summary>
    /// <returns>N x channels.</returns>
    public static string AddMaximumOverSpace(this OnnxGraph graph, string name, string input) =>
        graph.Add(name, "ReduceMax", [input], OnnxAttribute.Numbers("axes", 2, 3), OnnxAttribute.Number("keepdims", 0));
}
