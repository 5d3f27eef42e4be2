using TorchSharp;

namespace Coos.Baselines.Deep.Weights;

/// <summary>Maps tensor types to their names in safetensors.</summary>
internal static class TensorTypes
{
    /// <summary>Gets the name of a type that these networks use.</summary>
    public static string GetName(torch.ScalarType type) =>
        type switch
        {
            torch.ScalarType.Float32 => "F32",
            torch.ScalarType.Float64 => "F64",
            torch.ScalarType.Int64 => "I64",
            torch.ScalarType.Byte => "U8",
            _ => throw new NotSupportedException(type.ToString()),
        };
}
