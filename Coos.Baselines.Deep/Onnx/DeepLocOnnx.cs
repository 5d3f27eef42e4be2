using Coos.Baselines.Deep.DeepLoc;

namespace Coos.Baselines.Deep.Onnx;

/// <summary>Writes DeepLoc as operators: percentiles, crops, and the network, its batch normalisations folded into the weights.</summary>
internal static class DeepLocOnnx
{
    /// <summary>Adds the mean probabilities of five crops.</summary>
    /// <returns>N x K.</returns>
    public static string AddProbabilities(OnnxGraph graph, DeepLocNetwork network, int classes)
    {
        var scaled = AddScaling(graph);
        string[] crops = [.. DeepLocView.ForTest(graph.Shape).Select((view, i) => AddCrop(graph, $"crop{i + 1}", scaled, view))];
        var tensors = new NetworkTensors(network);
        var all = graph.Add("crops", "Concat", crops, OnnxAttribute.Number("axis", 0));
        var features = AddFeatures(graph, tensors, all);
        var (weights, biases) = tensors.Fold("fc3", "bn_fc3", DeepLocNetwork.Epsilon);
        var logits = graph.AddDense("logits", features, weights, biases);
        var each = graph.Add("crop_probabilities", "Softmax", [logits], OnnxAttribute.Number("axis", 1));
        var shape = graph.AddIntegers("by_crop", crops.Length, -1, classes);
        var byCrop = graph.Add("probabilities_by_crop", "Reshape", [each, shape]);
        return graph.Add(
            "mean_probabilities",
            "ReduceMean",
            [byCrop],
            OnnxAttribute.Numbers("axes", 0),
            OnnxAttribute.Number("keepdims", 0)
        );
    }

    /// <summary>Adds the features of the central crop.</summary>
    /// <returns>N x 512.</returns>
    public static string AddFeatures(OnnxGraph graph, DeepLocNetwork network) =>
        AddFeatures(graph, new NetworkTensors(network), AddCrop(graph, "crop", AddScaling(graph), DeepLocView.Centre(graph.Shape)));

    private static string AddFeatures(OnnxGraph graph, NetworkTensors tensors, string crops)
    {
        var x = crops;
        for (var i = 1; i <= DeepLocNetwork.Widths.Length; i++)
        {
            var (weights, biases) = tensors.Fold($"conv{i}", $"bn{i}", DeepLocNetwork.Epsilon);
            x = graph.AddConvolution($"conv{i}", x, weights, biases);
            if (DeepLocNetwork.PooledAfter.Contains(i - 1))
            {
                x = graph.AddPooling($"pool{i}", x, keepsEdge: true);
            }
        }

        x = graph.Add("flat", "Flatten", [x]);
        foreach (var name in (string[])["fc1", "fc2"])
        {
            var (weights, biases) = tensors.Fold(name, $"bn_{name}", DeepLocNetwork.Epsilon);

            // The first has three quarters of all weights; sums of 16,384 products hardly notice that they are rounded.
            var isHalf = graph.IsCompact && name == "fc1";
            x = graph.Add(name, "Relu", [graph.AddDense($"{name}.sum", x, weights, biases, isHalf)]);
        }

        return x;
    }

    /// <summary>Adds <see cref="DeepLocImage.Scale"/>, in double precision as there.</summary>
    private static string AddScaling(OnnxGraph graph)
    {
        var pixels = graph.Shape.PixelsPerChannel;
        var flat = graph.Add("pixels", "Reshape", [OnnxGraph.Images, graph.AddIntegers("flat_shape", 0, 0, pixels)]);
        var low = AddPercentile(graph, "low", flat, DeepLocImage.Low, pixels);
        var high = AddPercentile(graph, "high", flat, DeepLocImage.High, pixels);
        var one = graph.AddDoubles("one", [1]);
        var range = graph.Add("range", "Max", [graph.Add("difference", "Sub", [high, low]), one]);
        var clipped = graph.Add("clipped", "Min", [graph.AddToDouble("exact_pixels", flat), high]);
        var shifted = graph.Add("shifted", "Sub", [clipped, low]);
        var scaled = graph.AddToFloat("scaled_pixels", graph.Add("divided", "Div", [shifted, range]));
        var shape = graph.AddIntegers("image_shape", 0, 0, graph.Shape.Height, graph.Shape.Width);
        return graph.Add("scaled", "Reshape", [scaled, shape]);
    }

    /// <summary>
    /// Adds a percentile with linear interpolation between two pixels. They are the last two of so many lowest pixels, or of so many
    /// highest ones: a thousandth of the image is sorted, not all of it.
    /// </summary>
    /// <returns>N x C x 1, in double precision.</returns>
    private static string AddPercentile(OnnxGraph graph, string name, string flat, double quantile, int pixels)
    {
        var (below, share) = DeepLocImage.PercentilePosition(quantile, pixels);
        var above = Math.Min(below + 1, pixels - 1);
        var fromTop = quantile > 0.5;
        var count = fromTop ? pixels - below : above + 1;
        string[] sorted = graph.Add(
            [$"{name}_pixels", $"{name}_places"],
            "TopK",
            [flat, graph.AddIntegers($"{name}_count", count)],
            OnnxAttribute.Number("axis", 2),
            OnnxAttribute.Number("largest", fromTop ? 1 : 0)
        );
        string Pick(string which, int rank)
        {
            var place = graph.AddIntegers($"{name}_{which}_place", fromTop ? pixels - 1 - rank : rank);
            return graph.AddToDouble(
                $"{name}_{which}",
                graph.Add($"{name}_{which}_pixel", "Gather", [sorted[0], place], OnnxAttribute.Number("axis", 2))
            );
        }

        var (lower, upper) = (Pick("below", below), Pick("above", above));
        var step = graph.Add($"{name}_step", "Sub", [upper, lower]);
        var part = graph.Add($"{name}_part", "Mul", [step, graph.AddDoubles($"{name}_share", [share])]);
        return graph.Add(name, "Add", [lower, part]);
    }

    private static string AddCrop(OnnxGraph graph, string name, string scaled, DeepLocView view) =>
        graph.Add(
            name,
            "Slice",
            [
                scaled,
                graph.AddIntegers($"{name}_start", view.Top, view.Left),
                graph.AddIntegers($"{name}_end", view.Top + DeepLocNetwork.Side, view.Left + DeepLocNetwork.Side),
                graph.AddIntegers($"{name}_axes", 2, 3),
            ]
        );
}
