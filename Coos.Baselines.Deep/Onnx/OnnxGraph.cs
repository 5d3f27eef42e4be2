using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using global::Onnx;
using Coos.Shared.Datasets;
using Google.Protobuf;

namespace Coos.Baselines.Deep.Onnx;

/// <summary>
/// A graph of ONNX operators from raw images to probabilities. Operators are added in the order of computation; each gives one tensor,
/// and a tensor is known by its name.
/// </summary>
/// <remarks>
/// Operator set 17 and version 8 of the format are from 2022, so that runtimes of any later year read the file. Equal contents give
/// equal bytes.
/// </remarks>
internal sealed class OnnxGraph
{
    /// <summary>The name of the input: raw samples, N x C x H x W, of any N.</summary>
    public const string Images = "images";

    /// <summary>The name of the output, N x K.</summary>
    public const string Probabilities = "probabilities";

    /// <summary>The domain of the operators of classical machine learning.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    private const int FormatVersion = 8;
    private const int OperatorSet = 17;
    private const int MachineLearningSet = 3;

    // A protocol buffer has at most 2 GB; operators and names take far less than the rest.
    private const long MaxConstantBytes = 2_000_000_000;

    private readonly GraphProto _graph = new() { Name = "coos" };
    private readonly ImageShape _shape;
    private long _constantBytes;

    /// <summary>Starts a graph for images of one shape; their number does not matter.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="isCompact">Whether the largest layer is stored in 16 bits.</param>
    public OnnxGraph(ImageShape shape, bool isCompact = false)
    {
        IsCompact = isCompact;
        _shape = shape;
        _graph.Input.Add(Describe(Images, shape.Channels, shape.Height, shape.Width));
    }

    /// <summary>The shape of the images.</summary>
    public ImageShape Shape => _shape;

    /// <summary>Whether the largest layer is stored in 16 bits.</summary>
    public bool IsCompact { get; }

    /// <summary>Adds a constant of single precision; a scalar without dimensions.</summary>
    public string AddFloats(string name, ReadOnlySpan<float> values, params long[] dimensions) =>
        AddConstant(name, TensorProto.Types.DataType.Float, values, dimensions);

    /// <summary>Adds a constant in 16 bits that is computed with in single precision.</summary>
    /// <returns>The name of the constant in single precision.</returns>
    public string AddHalves(string name, ReadOnlySpan<float> values, params long[] dimensions)
    {
        var halves = new Half[values.Length];
        TensorPrimitives.ConvertToHalf(values, halves);
        return AddToFloat(name, AddConstant<Half>($"{name}.half", TensorProto.Types.DataType.Float16, halves, dimensions));
    }

    /// <summary>Adds a constant of double precision; a scalar without dimensions.</summary>
    public string AddDoubles(string name, ReadOnlySpan<double> values, params long[] dimensions) =>
        AddConstant(name, TensorProto.Types.DataType.Double, values, dimensions);

    /// <summary>Adds a vector of whole numbers.</summary>
    public string AddIntegers(string name, params long[] values) =>
        AddConstant(name, TensorProto.Types.DataType.Int64, values, [values.Length]);

    /// <summary>Adds an operator with one output.</summary>
    /// <param name="name">The name of the output, unique in the graph.</param>
    /// <param name="operation">The operator of ONNX.</param>
    /// <param name="inputs">The names of its inputs.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>The name of the output.</returns>
    public string Add(string name, string operation, string[] inputs, params AttributeProto[] attributes) =>
        Add([name], operation, inputs, attributes)[0];

    /// <summary>Adds an operator with several outputs.</summary>
    public string[] Add(string[] outputs, string operation, string[] inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = outputs[^1] };
        if (operation.StartsWith("Tree", StringComparison.Ordinal))
        {
            node.Domain = MachineLearning;
        }

        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes);
        _graph.Node.Add(node);
        return outputs;
    }

    /// <summary>Adds a conversion to single precision.</summary>
    public string AddToFloat(string name, string input) =>
        Add(name, "Cast", [input], OnnxAttribute.Number("to", (long)TensorProto.Types.DataType.Float));

    /// <summary>Adds a conversion to double precision.</summary>
    public string AddToDouble(string name, string input) =>
        Add(name, "Cast", [input], OnnxAttribute.Number("to", (long)TensorProto.Types.DataType.Double));

    /// <summary>Completes the graph and makes it a file.</summary>
    /// <param name="probabilities">The name of a tensor of probabilities, N x K, in single precision.</param>
    /// <param name="classes">K.</param>
    /// <param name="description">What the model is, for people.</param>
    public byte[] ToFile(string probabilities, int classes, string description)
    {
        Add(Probabilities, "Identity", [probabilities]);
        _graph.Output.Add(Describe(Probabilities, classes));
        var model = new ModelProto
        {
            IrVersion = FormatVersion,
            ProducerName = "coos",
            DocString = description,
            Graph = _graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSet });
        if (_graph.Node.Any(node => node.Domain == MachineLearning))
        {
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = MachineLearning, Version = MachineLearningSet });
        }

        return model.ToByteArray();
    }

    private string AddConstant<T>(string name, TensorProto.Types.DataType type, ReadOnlySpan<T> values, long[] dimensions)
        where T : struct
    {
        var bytes = MemoryMarshal.AsBytes(values);
        _constantBytes += bytes.Length;
        if (_constantBytes > MaxConstantBytes)
        {
            throw new BaselineException(
                "the model has more than 2 GB, which no ONNX file without external data can have; "
                    + "export a head that does not keep the training images (l1lr)"
            );
        }

        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)type,
            RawData = ByteString.CopyFrom(bytes),
        };
        tensor.Dims.AddRange(dimensions);
        _graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>Describes an input or output of N rows in single precision.</summary>
    private static ValueInfoProto Describe(string name, params int[] dimensions)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        shape.Dim.AddRange(dimensions.Select(d => new TensorShapeProto.Types.Dimension { DimValue = d }));
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape };
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = tensor },
        };
    }
}
