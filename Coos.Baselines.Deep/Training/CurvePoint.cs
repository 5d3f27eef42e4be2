namespace Coos.Baselines.Deep.Training;

/// <summary>One step of a training run.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Loss">The loss on the batch.</param>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="Seconds">The duration in seconds.</param>
/// <param name="ValidationLoss">The loss on held-out images; null if the step was not validated.</param>
/// <param name="ValidationError">The balanced error on held-out images, 0 .. 1; null if the step was not validated.</param>
public sealed record CurvePoint(
    int Step,
    double Loss,
    double LearningRate,
    double Seconds,
    double? ValidationLoss = null,
    double? ValidationError = null
);
