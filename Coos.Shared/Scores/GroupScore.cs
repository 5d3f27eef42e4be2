namespace Coos.Shared.Scores;

/// <summary>The scores of the images with one value in a label column, such as those of one hospital.</summary>
/// <param name="Group">The column.</param>
/// <param name="Value">The value.</param>
/// <param name="Images">The number of images.</param>
/// <param name="Metrics">The metrics that are defined for a group.</param>
public sealed record GroupScore(string Group, string Value, int Images, IReadOnlyList<MetricScore> Metrics)
{
    /// <summary>
    /// The sensitivity of each class within the group, null for a class without images in it; null for benchmarks of more than
    /// <see cref="MaximumClasses"/> classes.
    /// </summary>
    public IReadOnlyList<double?>? Sensitivities { get; init; }

    /// <summary>The number of images of each class within the group; null with <see cref="Sensitivities"/>.</summary>
    public IReadOnlyList<int>? ClassImages { get; init; }

    /// <summary>With more classes, the sensitivities of groups are left out.</summary>
    public const int MaximumClasses = 30;

    /// <summary>The maximum number of groups of a column: those with the most images.</summary>
    public const int MaximumGroups = 500;
}
