namespace Coos.Evaluator.LabelErrors;

/// <summary>A label that is possibly wrong, with what the entries say of its image.</summary>
/// <param name="Image">The position of the image among the labels.</param>
/// <param name="Label">The class that it is labelled with.</param>
/// <param name="Suggested">The class that the entries together are confident of.</param>
/// <param name="LabelProbability">The mean probability of the label, 0..1.</param>
/// <param name="SuggestedProbability">The mean probability of the suggested class, 0..1.</param>
/// <param name="WrongShare">The share of votes for another class than the label, 0..1.</param>
/// <param name="SuggestedShare">The share of votes for the suggested class, 0..1.</param>
public sealed record PossibleLabelError(
    int Image,
    ushort Label,
    ushort Suggested,
    double LabelProbability,
    double SuggestedProbability,
    double WrongShare,
    double SuggestedShare
)
{
    /// <summary>Whether all entries predict the suggested class.</summary>
    public bool IsUnanimous => SuggestedShare >= 1;
}
