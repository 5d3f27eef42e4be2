namespace Coos.Baselines.Deep.Training;

/// <summary>The progress of a training run.</summary>
/// <param name="Step">The current step.</param>
/// <param name="Steps">The last step.</param>
/// <param name="Loss">The loss of this step.</param>
/// <param name="BestError">The best balanced error on held-out images so far, 0 .. 1; null if there is none yet.</param>
/// <param name="Remaining">The estimated remaining time; null at the first step of a run.</param>
/// <param name="IsCheckpoint">Whether a checkpoint was just written.</param>
public sealed record TrainingProgress(int Step, int Steps, double Loss, double? BestError, TimeSpan? Remaining, bool IsCheckpoint);
