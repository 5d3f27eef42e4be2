namespace Coos.Shared.Benchmarks;

/// <summary>A published result in another metric. It is shown separately and never ranked with balanced errors.</summary>
/// <param name="Metric">The metric and classifier, as shown in the heading.</param>
/// <param name="Method">The method.</param>
/// <param name="Values">The value of each reported split by name, 0..1.</param>
/// <param name="Source">The publication.</param>
public sealed record OtherResult(string Metric, string Method, IReadOnlyDictionary<string, double> Values, string Source);
