using System.Text.RegularExpressions;
using Coos.Models.Protocol;
using Coos.Runner.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Coos.Runner;

/// <summary>Turns what the runtime throws into one of the reasons.</summary>
internal static partial class Errors
{
    /// <summary>Runs an action of the runtime.</summary>
    /// <exception cref="ModelException">It failed.</exception>
    public static T Translate<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (OnnxRuntimeException e)
        {
            throw Translate(e.Message);
        }
        catch (OutOfMemoryException)
        {
            throw OutOfMemory();
        }
    }

    /// <summary>The problem that the model needs more memory than it may have.</summary>
    public static ModelException OutOfMemory() =>
        new(ModelProblemCodes.OutOfMemory, "the model needs more memory than a model may have here");

    private static ModelException Translate(string message)
    {
        if (IsOutOfMemory().IsMatch(message))
        {
            return OutOfMemory();
        }

        if (IsUnsupported().Match(message) is { Success: true } unsupported)
        {
            return new ModelException(
                ModelProblemCodes.UnsupportedOperator,
                $"the runtime does not support an operator or operator set of the model ({ModelStructure.Shorten(unsupported.Value)}); "
                    + "export the model with an older operator set, such as 17, and with operators of ONNX"
            );
        }

        // The message may name files of the server, and for images in the model it may tell values; so only its kind is told.
        return message.Contains("ErrorCode:InvalidProtobuf", StringComparison.Ordinal)
            ? new ModelException(ModelProblemCodes.InvalidModel, "the file is damaged, cut off, or not an ONNX model; export it again")
            : new ModelException(
                ModelProblemCodes.InvalidModel,
                "the runtime refuses the graph: a node has inputs, types or shapes that do not fit; "
                    + "check the file with onnx.checker and run it with onnxruntime"
            );
    }

    [GeneratedRegex(
        "bad_alloc|Failed to allocate memory|bad allocation|out of memory|requested size|Integer overflow|too large",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex IsOutOfMemory();

    [GeneratedRegex(
        "[^:]{0,60}is not a registered function/op|No Op registered for [\\w.]{1,60}"
            + "|Could not find an implementation for [\\w.]{1,60}\\(\\d+\\)"
            + "|Opset \\d+ is under development|opset version \\d+|Unsupported model IR version: \\d+|ErrorCode:NotImplemented"
    )]
    private static partial Regex IsUnsupported();
}
