using Coos.Baselines.Deep.Training;

namespace Coos.Baselines.Deep.DeepLoc;

/// <summary>How DeepLoc is trained.</summary>
public sealed record DeepLocOptions
{
    /// <summary>The steps of training.</summary>
    public int Steps { get; init; } = 10_000;

    /// <summary>The images of a step.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Adam's rate at the first step.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>What the rate is multiplied by, every so many steps.</summary>
    public double Decay { get; init; } = 0.96;

    /// <summary>So many.</summary>
    public int DecayEvery { get; init; } = 25;

    /// <summary>The steps between two looks at the held-out fifth of the training images, each of which is a checkpoint.</summary>
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>Training stops after so many looks without a better one; null: never.</summary>
    public int? Patience { get; init; }

    /// <summary>How exactly its convolutions compute while it is trained; features and predictions are always of single precision.</summary>
    public Precision Precision { get; init; }

    /// <summary>As described, for COOS-7's 41,456 training images.</summary>
    public static DeepLocOptions Coos7 { get; } = new();

    /// <summary>For some hundred to some thousand training images.</summary>
    public static DeepLocOptions Small { get; } = new() { Steps = 600, Batch = 64, LearningRate = 0.003, DecayEvery = 8, CheckpointEvery = 40, Patience = 6 };

    /// <summary>The rate of a step.</summary>
    /// <param name="step">From 1.</param>
    public double RateAt(int step) => LearningRate * Math.Pow(Decay, (step - 1) / DecayEvery);
}
