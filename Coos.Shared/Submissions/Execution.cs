namespace Coos.Shared.Submissions;

/// <summary>What a run of a model on the server used.</summary>
public sealed record Execution
{
    /// <summary>The number of images that it scored.</summary>
    public required int Images { get; init; }

    /// <summary>The time from the first image to the last score, in seconds, with reading the images and the pipes.</summary>
    public required double Seconds { get; init; }

    /// <summary>Images per second in the runtime, without reading the images and the pipes.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>The highest resident memory after the model was loaded, in bytes; 0 where the system does not tell.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>The size of the model file in bytes.</summary>
    public required long ModelBytes { get; init; }

    /// <summary>The number of stored floating-point weights.</summary>
    public required long Parameters { get; init; }

    /// <summary>The multiply-adds of convolutions and matrix products for one image; null if they could not be counted.</summary>
    public long? MultiplyAdds { get; init; }

    /// <summary>The number of threads that ran the model.</summary>
    public required int Threads { get; init; }

    /// <summary>The name of the processor.</summary>
    public required string Processor { get; init; }

    /// <summary>The runtime with its version.</summary>
    public required string Runtime { get; init; }

    /// <summary>What was around the process: <c>bubblewrap</c> or <c>none</c>.</summary>
    public required string Sandbox { get; init; }

    /// <summary>Whether the output was taken for probabilities or for logits.</summary>
    public required string Output { get; init; }

    /// <summary>Whether that was decided by the sums of its rows.</summary>
    public bool OutputDecidedBySums { get; init; }

    /// <summary>When the run was done, UTC.</summary>
    public required DateTime FinishedAt { get; init; }
}
