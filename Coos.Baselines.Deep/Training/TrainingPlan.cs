namespace Coos.Baselines.Deep.Training;

/// <summary>The length of a training run and the interval of its checkpoints.</summary>
/// <param name="Steps">The last step.</param>
/// <param name="CheckpointEvery">The number of steps between two checkpoints, each with a validation.</param>
/// <param name="Patience">The number of validations without improvement after which training stops; null for never.</param>
internal readonly record struct TrainingPlan(int Steps, int CheckpointEvery, int? Patience);
