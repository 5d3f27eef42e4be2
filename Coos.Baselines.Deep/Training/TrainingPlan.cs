namespace Coos.Baselines.Deep.Training;

/// <summary>How long to train, and how often to look.</summary>
/// <param name="Steps">The last step.</param>
/// <param name="CheckpointEvery">The steps between two checkpoints; each validates first.</param>
/// <param name="Patience">Stop after so many validations without a better one; null: never.</param>
internal readonly record struct TrainingPlan(int Steps, int CheckpointEvery, int? Patience);
