using Coos.Baselines.Deep.Training;

namespace Coos.Baselines.Deep.DeepLoc;

/// <summary>The options of training DeepLoc.</summary>
public sealed record DeepLocOptions
{
    /// <summary>The number of training steps.</summary>
    public int Steps { get; init; } = 10_000;

    /// <summary>The number of images per step.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>The learning rate of Adam at the first step.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>The factor applied to the learning rate every <see cref="DecayEvery"/> steps.</summary>
    public double Decay { get; init; } = 0.96;

    /// <summary>The number of steps between two decays of the learning rate.</summary>
    public int DecayEvery { get; init; } = 25;

    /// <summary>The number of steps between two validations on the held-out fifth of the training images, with a checkpoint.</summary>
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>The number of validations without improvement after which training stops; null for never.</summary>
    public int? Patience { get; init; }

    /// <summary>The precision of convolutions in training; features and predictions always use single precision.</summary>
    public Precision Precision { get; init; }

    /// <summary>The published options, for the 41,456 training images of COOS-7.</summary>
    public static DeepLocOptions Coos7 { get; } = new();

    /// <summary>Options for hundreds to a few thousand training images.</summary>
    public static DeepLocOptions Small { get; } =
        new()
        {
            Steps = 600,
            Batch = 64,
            LearningRate = 0.003,
            DecayEvery = 8,
            CheckpointEvery = 40,
            Patience = 6,
        };

    /// <summary>Computes the learning rate of a step.</summary>
    /// <param name="step">The step, from 1.</param>
    public double RateAt(int step) => LearningRate * Math.Pow(Decay, (step - 1) / DecayEvery);
}
