namespace Coos.Shared.Benchmarks;

/// <summary>A published result under a metric of its own: shown apart, never ranked with balanced errors.</summary>
/// <param name="Metric">The metric and classifier, as the heading says them.</param>
/// <param name="Method">The method.</param>
/// <param name="Values">The value of each split that the publication gives, 0..1.</param>
/// <param name="Source">The publication.</param>
public sealed record OtherResult(string Metric, string Method, IReadOnlyDictionary<string, double> Values, string Source);
