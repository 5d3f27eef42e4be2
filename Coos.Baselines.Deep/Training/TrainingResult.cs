namespace Coos.Baselines.Deep.Training;

/// <summary>What a training came to.</summary>
/// <param name="Curve">Every step.</param>
/// <param name="Step">The step whose network was kept.</param>
public sealed record TrainingResult(IReadOnlyList<CurvePoint> Curve, int Step);
