namespace Coos.Evaluator.LabelErrors;

/// <summary>An image whose label is possibly wrong.</summary>
/// <param name="Image">Its position among the labels.</param>
/// <param name="Suggested">The class that it is confidently of.</param>
/// <param name="LabelProbability">The probability of its label, 0..1.</param>
/// <param name="SuggestedProbability">The probability of the suggested class, 0..1.</param>
public readonly record struct SuspectedLabel(int Image, ushort Suggested, float LabelProbability, float SuggestedProbability)
{
    /// <summary>By how much the suggested class is more probable than the label, -1..1; largest for the surest errors.</summary>
    public float Margin => SuggestedProbability - LabelProbability;
}
