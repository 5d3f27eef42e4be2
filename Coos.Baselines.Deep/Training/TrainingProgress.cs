namespace Coos.Baselines.Deep.Training;

/// <summary>How far a training is.</summary>
/// <param name="Step">The steps done.</param>
/// <param name="Steps">The last step.</param>
/// <param name="Loss">The loss of this step.</param>
/// <param name="BestError">The best balanced error on held-out images so far, 0 .. 1; null before the first, or without any.</param>
/// <param name="Remaining">The time that the other steps will take, by the steps of this run; null at its first.</param>
/// <param name="IsCheckpoint">Whether a checkpoint was just written.</param>
public sealed record TrainingProgress(int Step, int Steps, double Loss, double? BestError, TimeSpan? Remaining, bool IsCheckpoint);
