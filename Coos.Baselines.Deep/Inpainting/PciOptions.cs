using Coos.Baselines.Deep.Training;

namespace Coos.Baselines.Deep.Inpainting;

/// <summary>How paired cell inpainting is trained.</summary>
public sealed record PciOptions
{
    /// <summary>How often each training image is a source.</summary>
    public double Epochs { get; init; } = 30;

    /// <summary>The pairs of a step.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Adam's rate, throughout.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>The steps between two checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>A number of steps instead of <see cref="Epochs"/>; null: the epochs.</summary>
    public int? Steps { get; init; }

    /// <summary>How exactly its convolutions compute while it is trained; features are always of single precision.</summary>
    public Precision Precision { get; init; }

    /// <summary>As described, for COOS-7: 19,433 steps.</summary>
    public static PciOptions Coos7 { get; } = new();

    /// <summary>For some hundred to some thousand training images on a processor without a GPU.</summary>
    public static PciOptions Small { get; } = new() { Batch = 32, Steps = 400, CheckpointEvery = 20 };

    /// <summary>The steps of training.</summary>
    /// <param name="sources">The number of images that have a partner.</param>
    public int StepsFor(int sources) => Steps ?? (int)Math.Ceiling(Epochs * sources / Batch);
}
