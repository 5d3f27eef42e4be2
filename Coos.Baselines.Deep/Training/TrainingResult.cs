namespace Coos.Baselines.Deep.Training;

/// <summary>The result of a training run.</summary>
/// <param name="Curve">All steps.</param>
/// <param name="Step">The step of the selected network.</param>
public sealed record TrainingResult(IReadOnlyList<CurvePoint> Curve, int Step)
{
    /// <summary>The median duration of a step in seconds, without validations and checkpoints.</summary>
    public double MedianSeconds => Math.Round(Curve.Select(p => p.Seconds).Order().ElementAt(Curve.Count / 2), 3);
}
