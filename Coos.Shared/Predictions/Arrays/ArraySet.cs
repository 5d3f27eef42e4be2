namespace Coos.Shared.Predictions.Arrays;

/// <summary>The arrays of a prediction file.</summary>
/// <param name="ImageId">The ids; null if rows follow the order of the split.</param>
/// <param name="Label">The predicted classes; null if the scores tell them.</param>
/// <param name="Scores">The probabilities or logits; null if there are none.</param>
internal sealed record ArraySet(NpyArray? ImageId, NpyArray? Label, NpyArray? Scores)
{
    /// <summary>Whether the scores are logits; null if the sums of their rows tell.</summary>
    public bool? AreLogits { get; init; }

    /// <summary>The arrays that are there, in the order in which they are read.</summary>
    public IEnumerable<NpyArray> All => new[] { ImageId, Label, Scores }.OfType<NpyArray>();
}
