using Coos.Baselines.Deep.Vgg;

namespace Coos.Baselines.Deep.Onnx;

/// <summary>Writes the first layers of VGG as operators.</summary>
internal static class VggOnnx
{
    /// <summary>Adds the maximum over space of a layer.</summary>
    /// <returns>N x channels of the layer.</returns>
    public static string AddFeatures(
        OnnxGraph graph,
        VggNetwork network,
        VggLayers layers,
        string lastLayer,
        VggPreprocessing preprocessing
    )
    {
        var tensors = new NetworkTensors(network);
        var x = AddPreprocessing(graph, preprocessing);
        foreach (var (index, layer) in layers.UpTo(lastLayer))
        {
            x = layer is null
                ? graph.AddPooling($"pool{index}", x)
                : graph.AddConvolution(layer.Name, x, tensors.Values($"features.{index}.weight"), tensors.Values($"features.{index}.bias"));
        }

        return graph.AddMaximumOverSpace("features", x);
    }

    /// <summary>Adds the first channel as 8 bits, in double precision as where they are computed, and the preprocessing.</summary>
    private static string AddPreprocessing(OnnxGraph graph, VggPreprocessing preprocessing)
    {
        var first = graph.Add(
            "first_channel",
            "Slice",
            [OnnxGraph.Images, graph.AddIntegers("first_start", 0), graph.AddIntegers("first_end", 1), graph.AddIntegers("first_axis", 1)]
        );
        var grey = AddGreyLevels(graph, graph.AddToDouble("exact_pixels", first));
        string PerColour(string name, IReadOnlyList<float> values) => graph.AddFloats(name, [.. values], 1, values.Count, 1, 1);
        var divided = graph.Add("divided", "Div", [grey, graph.AddFloats("colour_divisor", [preprocessing.Divisor])]);
        var centred = graph.Add("centred", "Sub", [divided, PerColour("colour_means", preprocessing.Means)]);
        return graph.Add("input", "Div", [centred, PerColour("colour_deviations", preprocessing.Deviations)]);
    }

    /// <summary>Adds grey levels 0 .. 255; a half is rounded to the even level.</summary>
    private static string AddGreyLevels(OnnxGraph graph, string pixels)
    {
        string Extreme(string name, string operation) =>
            graph.Add(name, operation, [pixels], OnnxAttribute.Numbers("axes", 2, 3), OnnxAttribute.Number("keepdims", 1));

        var minimum = Extreme("minimum", "ReduceMin");
        var range = graph.Add("range", "Sub", [Extreme("maximum", "ReduceMax"), minimum]);
        var isPositive = graph.Add("varies", "Greater", [range, graph.AddDoubles("zero", [0])]);
        var divisor = graph.Add("divisor", "Where", [isPositive, range, graph.AddDoubles("one", [1])]);
        var share = graph.Add("share", "Div", [graph.Add("shifted", "Sub", [pixels, minimum]), divisor]);
        var levels = graph.Add("levels", "Mul", [share, graph.AddDoubles("highest", [byte.MaxValue])]);
        return graph.AddToFloat("grey", graph.Add("rounded", "Round", [levels]));
    }
}
