namespace Coos.Shared.Benchmarks;

/// <summary>A single sensitivity that a publication reports.</summary>
/// <param name="Method">The method as the publication names it.</param>
/// <param name="Class">The class index.</param>
/// <param name="Split">The split's name.</param>
/// <param name="Sensitivity">The share of the class's images that were recognised, 0..1.</param>
/// <param name="Source">The publication.</param>
public sealed record ReportedSensitivity(string Method, int Class, string Split, double Sensitivity, string Source);
