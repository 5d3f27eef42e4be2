namespace Coos.Models.Protocol;

/// <summary>What the runner is asked to do with a model; the model's bytes follow it in the pipe.</summary>
public sealed record RunnerRequest
{
    /// <summary>The size of the model in bytes.</summary>
    public required long ModelBytes { get; init; }

    /// <summary>The channels of an image, from 1.</summary>
    public required int Channels { get; init; }

    /// <summary>The height of an image in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The width of an image in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>The highest value of a pixel plus one, as a power of two: 8 to 16.</summary>
    public required int Bits { get; init; }

    /// <summary>The number of classes, from 2.</summary>
    public required int Classes { get; init; }

    /// <summary>The number of threads that run the model.</summary>
    public required int Threads { get; init; }

    /// <summary>Whether the multiply-adds of one image are counted. It takes one more session.</summary>
    public bool CountsWork { get; init; }
}
