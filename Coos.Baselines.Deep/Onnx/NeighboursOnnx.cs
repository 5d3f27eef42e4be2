using Coos.Baselines.Classifiers;

namespace Coos.Baselines.Deep.Onnx;

/// <summary>
/// Writes k nearest neighbours as operators: |t|^2 / 2 - q t orders the training images t as their distance from the query q does.
/// </summary>
/// <remarks>
/// Ours are single-precision values summed in single precision. Here the same values are summed in double precision and then rounded to
/// single, so that equal training images stay equally far; of those, TopK takes the earlier first, as ours does.
/// </remarks>
internal static class NeighboursOnnx
{
    /// <summary>Adds the share of each class among the nearest training images.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="standardised">N x D, double precision.</param>
    /// <param name="classifier">The classifier.</param>
    /// <returns>N x K.</returns>
    public static string Add(OnnxGraph graph, string standardised, NearestNeighbours classifier)
    {
        var training = classifier.Training;
        var distances = AddDistances(graph, standardised, training);
        string[] nearest = graph.Add(
            ["nearest_distances", "nearest"],
            "TopK",
            [distances, graph.AddIntegers("neighbours", classifier.Neighbours)],
            OnnxAttribute.Number("axis", 1),
            OnnxAttribute.Number("largest", 0)
        );
        var labels = graph.AddIntegers("training.labels", [.. training.Labels.Select(label => (long)label)]);
        var classes = graph.Add("nearest_labels", "Gather", [labels, nearest[1]], OnnxAttribute.Number("axis", 0));
        string[] inputs = [classes, graph.AddIntegers("classes", training.Classes), graph.AddFloats("off_on", [0, 1], 2)];
        var votes = graph.Add("votes", "OneHot", inputs, OnnxAttribute.Number("axis", -1));
        var sums = graph.Add("sums", "ReduceSum", [votes, graph.AddIntegers("neighbours_axis", 1)], OnnxAttribute.Number("keepdims", 0));
        return graph.Add("shares", "Div", [sums, graph.AddFloats("voters", [classifier.Neighbours])]);
    }

    private static string AddDistances(OnnxGraph graph, string standardised, TrainingSet training)
    {
        var features = training.Features;
        var values = new float[features.Values.Length];
        var halfNorms = new float[features.Rows];
        for (var i = 0; i < features.Rows; i++)
        {
            var norm = 0.0;
            foreach (var value in features.Row(i))
            {
                norm += value * value;
            }

            halfNorms[i] = (float)(norm / 2);
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)-features.Values[i];
        }

        // The negative training images, so that one operator gives the distances.
        string[] inputs =
        [
            graph.AddToDouble("queries", graph.AddToFloat("rounded_queries", standardised)),
            graph.AddToDouble("training.negative", graph.AddFloats("training.features", values, features.Rows, features.Columns)),
            graph.AddToDouble("training.norms", graph.AddFloats("training.half_norms", halfNorms, features.Rows)),
        ];
        return graph.AddToFloat("distances", graph.Add("exact_distances", "Gemm", inputs, OnnxAttribute.Number("transB", 1)));
    }
}
