using Coos.Baselines.Deep.Training;

namespace Coos.Baselines.Deep.Inpainting;

/// <summary>The options of training paired cell inpainting.</summary>
public sealed record PciOptions
{
    /// <summary>The number of times that each training image is a source.</summary>
    public double Epochs { get; init; } = 30;

    /// <summary>The number of pairs per step.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>The constant learning rate of Adam.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>The number of steps between two checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>The number of steps; null to train for <see cref="Epochs"/>.</summary>
    public int? Steps { get; init; }

    /// <summary>The precision of convolutions in training; features always use single precision.</summary>
    public Precision Precision { get; init; }

    /// <summary>The published options, which give 19,433 steps for COOS-7.</summary>
    public static PciOptions Coos7 { get; } = new();

    /// <summary>Options for hundreds to a few thousand training images on a machine without a GPU.</summary>
    public static PciOptions Small { get; } =
        new()
        {
            Batch = 32,
            Steps = 400,
            CheckpointEvery = 20,
        };

    /// <summary>The number of training steps.</summary>
    /// <param name="sources">The number of images with a partner.</param>
    public int StepsFor(int sources) => Steps ?? (int)Math.Ceiling(Epochs * sources / Batch);
}
