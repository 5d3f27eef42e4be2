using Coos.Models.Protocol;
using Coos.Runner.Onnx;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace Coos.Runner;

/// <summary>
/// Counts the multiply-adds of convolutions and matrix products for one image. The shapes come from a run of the model with the inputs
/// and outputs of these nodes as further outputs: they are appended to the file, because a Protocol Buffers parser joins two parts of a
/// message that follow each other.
/// </summary>
internal static class WorkCounter
{
    /// <summary>The maximum size of a model that is loaded a second time.</summary>
    private const int MaximumBytes = 256 << 20;

    private static readonly HashSet<string> Counted = ["Conv", "ConvTranspose", "Gemm", "MatMul", "FusedConv", "FusedMatMul"];

    /// <summary>Counts the work of a model for one image.</summary>
    /// <returns>The number; null if it cannot be counted.</returns>
    public static long? Count(byte[] model, ModelStructure structure, ModelContract contract, RunnerRequest request)
    {
        var nodes = structure.Graph.Node.Where(n => Counted.Contains(n.OpType) && n.Domain is "" or "ai.onnx" or "com.microsoft").ToList();
        if (model.Length > MaximumBytes || structure.Nodes != structure.Graph.Node.Count)
        {
            return null;
        }

        try
        {
            var shapes = ReadShapes(model, structure, contract, request, nodes);
            var images = contract.Batch ?? 1;
            return nodes.Sum(n => CountNode(n, shapes)) / images;
        }
        catch (Exception e) when (e is ModelException or KeyNotFoundException or OverflowException)
        {
            return null;
        }
    }

    private static Dictionary<string, long[]> ReadShapes(
        byte[] model,
        ModelStructure structure,
        ModelContract contract,
        RunnerRequest request,
        IReadOnlyList<NodeProto> nodes
    )
    {
        var shapes = structure.Graph.Initializer.ToDictionary(i => i.Name, i => i.Dims.ToArray());
        long[] input = [contract.Batch ?? 1, request.Channels, request.Height, request.Width];
        shapes[contract.Input] = input;
        HashSet<string> made = [.. structure.Graph.Node.SelectMany(n => n.Output)];
        HashSet<string> known = [.. structure.Graph.Output.Select(o => o.Name)];
        string[] wanted = [.. nodes.SelectMany(n => n.Input.Take(2).Append(n.Output[0])).Distinct().Where(made.Contains)];

        var extra = new GraphProto();
        extra.Output.AddRange(wanted.Where(w => !known.Contains(w)).Select(w => new ValueInfoProto { Name = w }));
        byte[] extended = [.. model, .. new ModelProto { Graph = extra }.ToByteArray()];
        using var session = Errors.Translate(() => new InferenceSession(extended, CountingOptions(request.Threads)));
        using var run = new RunOptions();
        using var images = contract.IsUInt16
            ? OrtValue.CreateTensorValueFromMemory(new ushort[Elements(input)], input)
            : OrtValue.CreateTensorValueFromMemory(new float[Elements(input)], input);
        using var results = Errors.Translate(() => session.Run(run, [contract.Input], [images], wanted));
        for (var i = 0; i < wanted.Length; i++)
        {
            shapes[wanted[i]] = results[i].GetTensorTypeAndShape().Shape;
        }

        return shapes;
    }

    /// <summary>Without optimizations, which would join nodes and drop the outputs between them.</summary>
    private static SessionOptions CountingOptions(int threads)
    {
        var options = ModelSession.Options(threads);
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        return options;
    }

    /// <summary>The multiply-adds of a node: elements of its output times those that each is a sum of.</summary>
    private static long CountNode(NodeProto node, Dictionary<string, long[]> shapes)
    {
        var (first, second, output) = (shapes[node.Input[0]], shapes[node.Input[1]], shapes[node.Output[0]]);
        return node.OpType switch
        {
            // Weights [outputs, inputs / groups, height, width]: each output is a sum over all but the first.
            "Conv" or "FusedConv" => checked(Elements(output) * Elements(second.AsSpan(1))),

            // Weights [inputs, outputs / groups, height, width]: each input is spread over all but the first.
            "ConvTranspose" => checked(Elements(first) * Elements(second.AsSpan(1))),
            "Gemm" => checked(Elements(output) * (IsTransposed(node, "transA") ? first[0] : first[^1])),
            _ => checked(Elements(output) * first[^1]),
        };
    }

    private static bool IsTransposed(NodeProto node, string attribute) => node.Attribute.Any(a => a.Name == attribute && a.I != 0);

    private static long Elements(ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var size in shape)
        {
            count = checked(count * size);
        }

        return count;
    }
}
