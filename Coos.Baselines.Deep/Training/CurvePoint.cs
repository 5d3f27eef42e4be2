namespace Coos.Baselines.Deep.Training;

/// <summary>One step of a training.</summary>
/// <param name="Step">From 1.</param>
/// <param name="Loss">On the step's batch.</param>
/// <param name="LearningRate">Of the step.</param>
/// <param name="Seconds">That the step took.</param>
/// <param name="ValidationLoss">On held-out images, where the step ended with a look at them.</param>
/// <param name="ValidationError">Balanced error on held-out images, 0 .. 1.</param>
public sealed record CurvePoint(int Step, double Loss, double LearningRate, double Seconds, double? ValidationLoss = null, double? ValidationError = null);
