namespace Coos.Shared.Scores;

/// <summary>An error with its 95% interval.</summary>
/// <param name="Error">The balanced error, 0..1.</param>
/// <param name="Lower">The lower limit; null if there is no interval or it is not shown.</param>
/// <param name="Upper">The upper limit; null if there is no interval or it is not shown.</param>
public sealed record ErrorEstimate(double Error, double? Lower, double? Upper)
{
    /// <summary>The interval as the API shows it; null if there is none.</summary>
    public double[]? ToInterval() => this is { Lower: { } lower, Upper: { } upper } ? [lower, upper] : null;
}
