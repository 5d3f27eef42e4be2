using Coos.Models.Protocol;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Coos.Runner.Onnx;

/// <summary>The structure of a model file, without its weights.</summary>
internal sealed class ModelStructure
{
    /// <summary>The maximum number of nodes, with those of subgraphs. The largest published networks have some ten thousands.</summary>
    public const int MaximumNodes = 100_000;

    private const int MaximumName = 100;
    private const int ExternalLocation = 1;

    /// <summary>Types of weights that are floating-point numbers: float, float16, double, bfloat16, and 8-bit ones.</summary>
    private static readonly HashSet<int> FloatTypes = [1, 10, 11, 16, 17, 18, 19, 20];

    /// <summary>The sets of operators that the runtime has itself.</summary>
    private static readonly HashSet<string> KnownDomains = ["", "ai.onnx", "ai.onnx.ml", "com.microsoft", "com.microsoft.nchwc"];

    private readonly ModelProto _model;
    private readonly HashSet<string> _functionDomains;
    private int _nodes;
    private long _parameters;

    private ModelStructure(ModelProto model)
    {
        _model = model;
        _functionDomains = [.. model.Functions.Select(f => f.Domain)];
    }

    /// <summary>The graph.</summary>
    public GraphProto Graph => _model.Graph;

    /// <summary>The number of nodes, with those of subgraphs and functions.</summary>
    public int Nodes => _nodes;

    /// <summary>The number of stored weights.</summary>
    public long Parameters => _parameters;

    /// <summary>The version of the standard operator set.</summary>
    public long Opset => _model.OpsetImport.Where(o => o.Domain is "" or "ai.onnx").Select(o => o.Version).DefaultIfEmpty().Max();

    /// <summary>The program that wrote the model.</summary>
    public string Producer => Shorten($"{_model.ProducerName} {_model.ProducerVersion}".Trim());

    /// <summary>The inputs that are not weights.</summary>
    public IReadOnlyList<ValueInfoProto> Inputs
    {
        get
        {
            // Before version 4 of the format weights are listed as inputs too.
            HashSet<string> weights = [.. Graph.Initializer.Select(i => i.Name)];
            return [.. Graph.Input.Where(i => !weights.Contains(i.Name))];
        }
    }

    /// <summary>Reads and checks the structure of a model.</summary>
    /// <exception cref="ModelException">It is not a model, or one that is not run here.</exception>
    public static ModelStructure Read(byte[] bytes)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            throw Invalid("the file is damaged, cut off, or not an ONNX model; export the model again");
        }

        if (model.Graph is null || model.Graph.Node.Count == 0)
        {
            throw Invalid("the file is not an ONNX model: it has no graph with nodes; export the model again");
        }

        var structure = new ModelStructure(model);
        structure.Check();
        return structure;
    }

    /// <summary>Shortens a name from the file for a message.</summary>
    public static string Shorten(string text) => text.Length <= MaximumName ? text : $"{text.AsSpan(0, MaximumName - 3)}...";

    private void Check()
    {
        CheckGraph(Graph);
        foreach (var function in _model.Functions)
        {
            CheckNodes(function.Node);
        }
    }

    private void CheckGraph(GraphProto graph)
    {
        foreach (var weights in graph.Initializer)
        {
            CheckTensor(weights);
        }

        foreach (var sparse in graph.SparseInitializer)
        {
            CheckTensor(sparse.Values);
            CheckTensor(sparse.Indices);
        }

        CheckNodes(graph.Node);
    }

    private void CheckNodes(RepeatedField<NodeProto> nodes)
    {
        _nodes += nodes.Count;
        if (_nodes > MaximumNodes)
        {
            throw Invalid($"the graph has more than {MaximumNodes:N0} nodes; that many are not run here");
        }

        foreach (var node in nodes)
        {
            if (!KnownDomains.Contains(node.Domain) && !_functionDomains.Contains(node.Domain))
            {
                throw new ModelException(
                    ModelProblemCodes.UnsupportedOperator,
                    $"the operator {Shorten(node.OpType)} is of the set \"{Shorten(node.Domain)}\"; custom operators are off, "
                        + "export the model with operators of ONNX"
                );
            }

            foreach (var attribute in node.Attribute)
            {
                CheckAttribute(attribute);
            }
        }
    }

    private void CheckAttribute(AttributeProto attribute)
    {
        CheckTensor(attribute.T);
        foreach (var tensor in attribute.Tensors)
        {
            CheckTensor(tensor);
        }

        if (attribute.G is { } graph)
        {
            CheckGraph(graph);
        }

        foreach (var inner in attribute.Graphs)
        {
            CheckGraph(inner);
        }
    }

    private void CheckTensor(TensorProto? tensor)
    {
        if (tensor is null)
        {
            return;
        }

        if (tensor.DataLocation == ExternalLocation || tensor.ExternalData.Count > 0)
        {
            throw new ModelException(
                ModelProblemCodes.ExternalData,
                $"the weights \"{Shorten(tensor.Name)}\" are in another file; export the model as one file (torch.onnx.export with "
                    + "external_data=False, or onnx.save_model with save_as_external_data=False)"
            );
        }

        if (FloatTypes.Contains(tensor.DataType))
        {
            _parameters += CountElements(tensor.Dims);
        }
    }

    private static long CountElements(IEnumerable<long> dims)
    {
        var count = 1L;
        foreach (var dim in dims)
        {
            count =
                dim is >= 0 and <= int.MaxValue && count <= long.MaxValue / Math.Max(1, dim)
                    ? count * dim
                    : throw Invalid("the weights have a negative or impossible size; the file is damaged");
        }

        return count;
    }

    private static ModelException Invalid(string detail) => new(ModelProblemCodes.InvalidModel, detail);
}
