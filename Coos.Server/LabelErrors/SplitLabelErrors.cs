using Coos.Evaluator.LabelErrors;

namespace Coos.Server.LabelErrors;

/// <summary>The possible label errors of a split.</summary>
/// <param name="Found">The images, the surest errors first.</param>
/// <param name="Entries">The number of entries that they were found with.</param>
/// <param name="WithProbabilities">The number of those with probabilities.</param>
/// <param name="LabelVersion">The labels; empty without entries.</param>
/// <param name="IsTooLarge">Whether the split has too many images and classes.</param>
internal sealed record SplitLabelErrors(
    IReadOnlyList<PossibleLabelError> Found,
    int Entries,
    int WithProbabilities,
    Guid LabelVersion,
    bool IsTooLarge
)
{
    /// <summary>The result without entries.</summary>
    public static SplitLabelErrors None { get; } = new([], 0, 0, Guid.Empty, false);

    /// <summary>The result for a split that is too large.</summary>
    public static SplitLabelErrors TooMany { get; } = new([], 0, 0, Guid.Empty, true);
}
