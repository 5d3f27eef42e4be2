using TorchSharp;

namespace Coos.Baselines.Deep.Weights;

/// <summary>The names that safetensors has for the types of tensors.</summary>
internal static class TensorTypes
{
    /// <summary>The name of a type that networks here are made of.</summary>
    public static string NameOf(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float32 => "F32",
        torch.ScalarType.Float64 => "F64",
        torch.ScalarType.Int64 => "I64",
        torch.ScalarType.Byte => "U8",
        _ => throw new NotSupportedException(type.ToString()),
    };
}
