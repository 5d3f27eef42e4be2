using System.Globalization;
using Coos.Models.Protocol;
using Google.Protobuf.Collections;

namespace Coos.Runner.Onnx;

/// <summary>
/// The input and output of a model that keeps the contract: one input [N, C, H, W] of raw pixel values and one output [N, K].
/// </summary>
/// <param name="Input">The name of the input.</param>
/// <param name="IsUInt16">Whether the input is uint16; float32 otherwise.</param>
/// <param name="Batch">The number of images that it takes at once; null for any.</param>
/// <param name="Output">The name of the output.</param>
/// <param name="IsProbabilities">Whether the output's name says that it is probabilities or logits; null if it says neither.</param>
internal sealed record ModelContract(string Input, bool IsUInt16, int? Batch, string Output, bool? IsProbabilities)
{
    /// <summary>The maximum number of images that a model of fixed size may take at once.</summary>
    public const int MaximumBatch = 1024;

    private const int Float = 1;
    private const int UInt16 = 4;
    private const string Probabilities = "probabilities";
    private const string Logits = "logits";

    private static readonly string[] TypeNames =
    [
        "undefined",
        "float32",
        "uint8",
        "int8",
        "uint16",
        "int16",
        "int32",
        "int64",
        "string",
        "bool",
        "float16",
        "float64",
        "uint32",
        "uint64",
    ];

    /// <summary>Reads the contract from the structure of a model.</summary>
    /// <exception cref="ModelException">The model does not keep it.</exception>
    public static ModelContract Read(ModelStructure model, RunnerRequest request)
    {
        var inputs = model.Inputs;
        if (inputs.Count != 1)
        {
            var names = inputs.Count == 0 ? "none" : string.Join(", ", inputs.Take(5).Select(i => $"\"{ModelStructure.Shorten(i.Name)}\""));
            throw WrongInput($"the model has {inputs.Count} inputs ({names}); one is allowed, the images");
        }

        var batch = ReadInput(inputs[0], request, out var isUInt16);
        var output = FindOutput(model.Graph.Output);
        CheckOutput(output, request.Classes);
        bool? isProbabilities = output.Name switch
        {
            Probabilities => true,
            Logits => false,
            _ => null,
        };
        return new ModelContract(inputs[0].Name, isUInt16, batch, output.Name, isProbabilities);
    }

    private static int? ReadInput(ValueInfoProto input, RunnerRequest request, out bool isUInt16)
    {
        var (name, tensor) = (ModelStructure.Shorten(input.Name), input.Type?.TensorType);
        if (tensor?.ElemType is not (Float or UInt16))
        {
            throw WrongInput($"the input \"{name}\" is {NameOf(tensor?.ElemType)}; allowed: float32 and uint16, raw pixel values");
        }

        isUInt16 = tensor.ElemType == UInt16;
        var dims = tensor.Shape?.Dim;
        var expected = string.Create(CultureInfo.InvariantCulture, $"[N, {request.Channels}, {request.Height}, {request.Width}]");
        if (dims is null)
        {
            return null;
        }

        int[] image = [request.Channels, request.Height, request.Width];
        if (dims.Count != 4 || image.Where((size, i) => dims[i + 1].HasDimValue && dims[i + 1].DimValue != size).Any())
        {
            throw WrongInput(
                $"the input \"{name}\" has the shape {Describe(dims)}; the images of this benchmark have the shape {expected} "
                    + "(images, channels, height, width)"
            );
        }

        if (!dims[0].HasDimValue || dims[0].DimValue <= 0)
        {
            return null;
        }

        return dims[0].DimValue <= MaximumBatch
            ? (int)dims[0].DimValue
            : throw WrongInput($"the input \"{name}\" takes {dims[0].DimValue} images at once; at most {MaximumBatch} are allowed");
    }

    /// <summary>Finds the output of the scores: the only one, or the only one with a name of the contract.</summary>
    private static ValueInfoProto FindOutput(RepeatedField<ValueInfoProto> outputs)
    {
        var named = outputs.Where(o => o.Name is Probabilities or Logits).ToList();
        return outputs.Count == 1 ? outputs[0]
            : named.Count == 1 ? named[0]
            : throw WrongOutput(
                $"the model has {outputs.Count} outputs, of which {named.Count} are named \"{Probabilities}\" or \"{Logits}\"; "
                    + "give the one output [N, K] one of these names"
            );
    }

    private static void CheckOutput(ValueInfoProto output, int classes)
    {
        var (name, tensor) = (ModelStructure.Shorten(output.Name), output.Type?.TensorType);
        if (tensor is { ElemType: not (0 or Float) })
        {
            throw WrongOutput($"the output \"{name}\" is {NameOf(tensor.ElemType)}; allowed: float32");
        }

        if (
            tensor?.Shape?.Dim is { } dims
            && (dims.Count != 2 || (dims[1].HasDimValue && dims[1].DimValue > 0 && dims[1].DimValue != classes))
        )
        {
            throw WrongShape(name, Describe(dims), classes);
        }
    }

    /// <summary>The problem that an output has another shape than the number of classes asks for.</summary>
    public static ModelException WrongShape(string output, string found, int classes) =>
        WrongOutput($"the output \"{output}\" has the shape {found}; the benchmark has {classes} classes, so it must be [N, {classes}]");

    /// <summary>The problem that an output is not what the contract says.</summary>
    public static ModelException WrongOutput(string detail) => new(ModelProblemCodes.WrongOutput, detail);

    private static ModelException WrongInput(string detail) => new(ModelProblemCodes.WrongInput, detail);

    private static string NameOf(int? type) =>
        type is null ? "not a tensor"
        : type < TypeNames.Length ? TypeNames[type.Value]
        : $"of type {type}";

    private static string Describe(IReadOnlyList<TensorShapeProto.Types.Dimension> dims) =>
        $"[{string.Join(", ", dims.Take(8).Select(d => d.HasDimValue ? d.DimValue.ToString(CultureInfo.InvariantCulture) : "N"))}]";
}
