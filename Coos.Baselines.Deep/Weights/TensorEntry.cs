namespace Coos.Baselines.Deep.Weights;

/// <summary>A tensor in a safetensors file.</summary>
/// <param name="Type">The type as the format names it: F32, I64, U8, ...</param>
/// <param name="Shape">The dimensions, outermost first; empty for a scalar.</param>
/// <param name="Begin">The start of its bytes, from the end of the header.</param>
/// <param name="End">The end of its bytes.</param>
public sealed record TensorEntry(string Type, IReadOnlyList<long> Shape, long Begin, long End)
{
    private static readonly Dictionary<string, int> Sizes = new(
        new[] { (1, "BOOL U8 I8 F8_E5M2 F8_E4M3"), (2, "I16 U16 F16 BF16"), (4, "I32 U32 F32"), (8, "I64 U64 F64") }.SelectMany(
            group => group.Item2.Split(' '),
            (group, type) => KeyValuePair.Create(type, group.Item1)
        ),
        StringComparer.Ordinal
    );

    /// <summary>The number of bytes.</summary>
    public long Length => End - Begin;

    /// <summary>Whether the number of bytes agrees with type and shape; unknown types are not checked.</summary>
    public bool IsConsistent =>
        Begin >= 0
        && End >= Begin
        && Shape.All(d => d >= 0)
        && (!Sizes.TryGetValue(Type, out var size) || Shape.Aggregate((decimal)size, (n, d) => n * d) == Length);

    /// <summary>The type and shape, for example <c>F32 (64, 3, 3, 3)</c>.</summary>
    public string Description => Describe(Type, Shape);

    /// <summary>Formats a type and shape, for example <c>F32 (64, 3, 3, 3)</c>.</summary>
    /// <param name="type">The type.</param>
    /// <param name="shape">The dimensions.</param>
    public static string Describe(string type, IReadOnlyList<long> shape) => $"{type} ({string.Join(", ", shape)})";
}
