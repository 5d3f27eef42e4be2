namespace Coos.Shared.Scores;

/// <summary>A cell of a confusion matrix.</summary>
/// <param name="Actual">The true class.</param>
/// <param name="Predicted">The predicted class.</param>
/// <param name="Images">The number of images.</param>
public readonly record struct ConfusionCell(int Actual, int Predicted, int Images);
