using global::Onnx;
using Coos.Baselines.Features;
using Coos.Baselines.Forest;

namespace Coos.Baselines.Deep.Onnx;

/// <summary>The nodes of all trees as the attributes of ONNX's ensemble of trees: one list per property.</summary>
internal sealed class ForestNodes
{
    private readonly List<long> _trees = [];
    private readonly List<long> _ids = [];
    private readonly List<long> _features = [];
    private readonly List<float> _cuts = [];
    private readonly List<string> _modes = [];
    private readonly List<long> _left = [];
    private readonly List<long> _right = [];
    private readonly List<long> _leafTrees = [];
    private readonly List<long> _leafIds = [];
    private readonly List<long> _leafClasses = [];
    private readonly List<float> _leafProbabilities = [];

    /// <summary>Adds the nodes of a tree.</summary>
    public void Add(int number, DecisionTree tree, int classes, Standardisation standardisation)
    {
        for (var node = 0; node < tree.Features.Length; node++)
        {
            var feature = tree.Features[node];
            var isLeaf = feature < 0;
            _trees.Add(number);
            _ids.Add(node);
            _features.Add(isLeaf ? 0 : feature);
            _cuts.Add(isLeaf ? 0 : ForestOnnx.MoveBack(tree.Cuts[node], standardisation.Means[feature], standardisation.Scales[feature]));
            _modes.Add(isLeaf ? "LEAF" : "BRANCH_LEQ");
            _left.Add(isLeaf ? 0 : tree.Left[node]);
            _right.Add(isLeaf ? 0 : tree.Right[node]);
            if (isLeaf)
            {
                AddLeaf(number, node, tree.Probabilities.AsSpan(tree.Left[node] * classes, classes));
            }
        }
    }

    /// <summary>Creates the attributes, which sum up the probabilities of the leaves.</summary>
    public IEnumerable<AttributeProto> ToAttributes(int classes) =>
        [
            OnnxAttribute.Number("n_targets", classes),
            OnnxAttribute.Word("aggregate_function", "SUM"),
            OnnxAttribute.Numbers("nodes_treeids", _trees),
            OnnxAttribute.Numbers("nodes_nodeids", _ids),
            OnnxAttribute.Numbers("nodes_featureids", _features),
            OnnxAttribute.Numbers("nodes_values", _cuts),
            OnnxAttribute.Words("nodes_modes", _modes),
            OnnxAttribute.Numbers("nodes_truenodeids", _left),
            OnnxAttribute.Numbers("nodes_falsenodeids", _right),
            OnnxAttribute.Numbers("target_treeids", _leafTrees),
            OnnxAttribute.Numbers("target_nodeids", _leafIds),
            OnnxAttribute.Numbers("target_ids", _leafClasses),
            OnnxAttribute.Numbers("target_weights", _leafProbabilities),
        ];

    private void AddLeaf(int tree, int node, ReadOnlySpan<float> probabilities)
    {
        for (var k = 0; k < probabilities.Length; k++)
        {
            if (probabilities[k] > 0)
            {
                _leafTrees.Add(tree);
                _leafIds.Add(node);
                _leafClasses.Add(k);
                _leafProbabilities.Add(probabilities[k]);
            }
        }
    }
}
