namespace Coos.Baselines.Deep.Training;

/// <summary>What a training came to.</summary>
/// <param name="Curve">Every step.</param>
/// <param name="Step">The step whose network was kept.</param>
public sealed record TrainingResult(IReadOnlyList<CurvePoint> Curve, int Step)
{
    /// <summary>The seconds of the middle step; looks at held-out images and checkpoints are not in it.</summary>
    public double MedianSeconds => Math.Round(Curve.Select(p => p.Seconds).Order().ElementAt(Curve.Count / 2), 3);
}
