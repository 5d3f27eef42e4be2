namespace Coos.Models.Protocol;

/// <summary>What the runner found out about a model that it can run.</summary>
public sealed record ModelFacts
{
    /// <summary>The name of the input.</summary>
    public required string Input { get; init; }

    /// <summary>The type of the input: <c>float32</c> or <c>uint16</c>.</summary>
    public required string InputType { get; init; }

    /// <summary>The number of images that the model takes at once; null if it takes any number.</summary>
    public int? Batch { get; init; }

    /// <summary>The name of the output.</summary>
    public required string Output { get; init; }

    /// <summary>Whether the output is probabilities; logits otherwise.</summary>
    public required bool IsProbabilities { get; init; }

    /// <summary>Whether that was decided by the sums of its rows, because the name of the output does not say it.</summary>
    public bool IsDecidedBySums { get; init; }

    /// <summary>The version of the operator set.</summary>
    public required long Opset { get; init; }

    /// <summary>The program that wrote the model, with its version; empty if it does not say.</summary>
    public required string Producer { get; init; }

    /// <summary>The number of nodes of the graph, with those of its subgraphs.</summary>
    public required int Nodes { get; init; }

    /// <summary>The number of stored weights of floating-point types.</summary>
    public required long Parameters { get; init; }

    /// <summary>
    /// The multiply-adds of convolutions and matrix products for one image; null if they were not counted: the model is too large for a
    /// second session, or has them in subgraphs.
    /// </summary>
    public long? MultiplyAdds { get; init; }

    /// <summary>The runtime with its version.</summary>
    public required string Runtime { get; init; }
}
