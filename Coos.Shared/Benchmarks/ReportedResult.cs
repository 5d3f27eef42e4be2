namespace Coos.Shared.Benchmarks;

/// <summary>A result from a publication; its predictions are not known.</summary>
/// <param name="Features">The features, for example <c>PCI Conv3</c>.</param>
/// <param name="Classifier">The classifier on these features, for example <c>kNN</c>.</param>
/// <param name="Losses">The loss of the ranking metric of each reported split by name.</param>
/// <param name="Source">The publication.</param>
public sealed record ReportedResult(string Features, string Classifier, IReadOnlyDictionary<string, double> Losses, string Source)
{
    /// <summary>The name of the method: features and classifier, or features alone.</summary>
    public string Method => NameMethod(Features, Classifier);

    /// <summary>The standard deviation over replicates of some reported splits, by name.</summary>
    public IReadOnlyDictionary<string, double> Deviations { get; init; } = new Dictionary<string, double>();

    /// <summary>The number of replicates that the results are means of; null if not stated.</summary>
    public int? Replicates { get; init; }

    /// <summary>Names a method by features and classifier; a method without a classifier by its features.</summary>
    public static string NameMethod(string features, string classifier) => classifier.Length == 0 ? features : $"{features}, {classifier}";
}
