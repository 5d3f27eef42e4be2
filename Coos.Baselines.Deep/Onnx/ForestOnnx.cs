using Coos.Baselines.Features;
using Coos.Baselines.Forest;

namespace Coos.Baselines.Deep.Onnx;

/// <summary>
/// Writes a random forest as one operator, on features that are not standardised: the cuts are moved back instead, so that they divide
/// the features of single precision exactly as ours divide the standardised ones.
/// </summary>
internal static class ForestOnnx
{
    /// <summary>Adds the mean of the trees' probabilities.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="features">N x D, single precision, not standardised.</param>
    /// <param name="standardisation">The means and scales of the features.</param>
    /// <param name="forest">The forest.</param>
    /// <returns>N x K.</returns>
    public static string Add(OnnxGraph graph, string features, Standardisation standardisation, RandomForest forest)
    {
        var nodes = new ForestNodes();
        foreach (var (index, tree) in forest.Trees.Index())
        {
            nodes.Add(index, tree, forest.Classes, standardisation);
        }

        var sums = graph.Add("sums", "TreeEnsembleRegressor", [features], [.. nodes.ToAttributes(forest.Classes)]);
        return graph.Add("shares", "Div", [sums, graph.AddFloats("trees", [forest.Trees.Count])]);
    }

    /// <summary>Finds the highest value of single precision whose standardised value is not above a cut.</summary>
    /// <param name="cut">The cut of the standardised feature.</param>
    /// <param name="mean">The mean of the feature.</param>
    /// <param name="scale">Its scale, above 0.</param>
    internal static float MoveBack(double cut, double mean, double scale)
    {
        var value = (float)((cut * scale) + mean);
        while ((value - mean) / scale > cut)
        {
            value = MathF.BitDecrement(value);
        }

        while (MathF.BitIncrement(value) is var next && float.IsFinite(next) && (next - mean) / scale <= cut)
        {
            value = next;
        }

        return value;
    }
}
