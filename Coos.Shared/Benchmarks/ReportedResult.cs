namespace Coos.Shared.Benchmarks;

/// <summary>A result from a publication; its predictions are not known.</summary>
/// <param name="Features">The features, for example <c>PCI Conv3</c>.</param>
/// <param name="Classifier">The classifier on these features, for example <c>kNN</c>.</param>
/// <param name="Errors">The balanced error of each reported split by name, 0..1.</param>
/// <param name="Source">The publication.</param>
public sealed record ReportedResult(string Features, string Classifier, IReadOnlyDictionary<string, double> Errors, string Source)
{
    /// <summary>The name of the method: features and classifier.</summary>
    public string Method => $"{Features}, {Classifier}";
}
