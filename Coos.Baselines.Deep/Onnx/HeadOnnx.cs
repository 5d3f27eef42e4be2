using Coos.Baselines.Classifiers;
using Coos.Baselines.Features;
using Coos.Baselines.Forest;

namespace Coos.Baselines.Deep.Onnx;

/// <summary>Writes standardisation and classifier as operators. They compute in double precision where ours do.</summary>
internal static class HeadOnnx
{
    /// <summary>Adds the probabilities of a classifier.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="features">N x D, single precision.</param>
    /// <param name="standardisation">The means and scales of the features.</param>
    /// <param name="classifier">The classifier.</param>
    /// <returns>N x K.</returns>
    /// <exception cref="BaselineException">The classifier cannot be exported.</exception>
    public static string Add(OnnxGraph graph, string features, Standardisation standardisation, IClassifier classifier) =>
        classifier switch
        {
            LinearClassifier linear => AddLinear(graph, AddStandardisation(graph, features, standardisation), linear),
            NearestNeighbours nearest => NeighboursOnnx.Add(graph, AddStandardisation(graph, features, standardisation), nearest),
            RandomForest forest => ForestOnnx.Add(graph, features, standardisation, forest),
            _ => throw new BaselineException(
                $"a {classifier.GetType().Name} cannot be exported; the heads that can are knn, l1lr, rf and DeepLoc's own (end-to-end)"
            ),
        };

    private static string AddStandardisation(OnnxGraph graph, string features, Standardisation standardisation)
    {
        var means = graph.AddDoubles("means", standardisation.Means, standardisation.Means.Length);
        var scales = graph.AddDoubles("scales", standardisation.Scales, standardisation.Scales.Length);
        var centred = graph.Add("centred_features", "Sub", [graph.AddToDouble("exact_features", features), means]);
        return graph.Add("standardised", "Div", [centred, scales]);
    }

    private static string AddLinear(OnnxGraph graph, string standardised, LinearClassifier linear)
    {
        string[] inputs =
        [
            standardised,
            graph.AddDoubles("head.weight", linear.Weights.Values, linear.Weights.Rows, linear.Weights.Columns),
            graph.AddDoubles("head.intercept", [.. linear.Intercepts], linear.Intercepts.Count),
        ];
        var scores = graph.Add("scores", "Gemm", inputs, OnnxAttribute.Number("transB", 1));
        return graph.AddToFloat("shares", graph.Add("exact_shares", "Softmax", [scores], OnnxAttribute.Number("axis", 1)));
    }
}
