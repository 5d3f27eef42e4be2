namespace Coos.Evaluator.LabelErrors;

/// <summary>The balanced error of an entry under three sets of labels, each 0..1.</summary>
/// <param name="AsLabelled">With the labels as they are.</param>
/// <param name="Without">Without the images whose labels are doubtful; not a number if no image is left.</param>
/// <param name="Relabelled">With the suggested classes in place of the doubtful labels.</param>
public readonly record struct CorrectedErrors(double AsLabelled, double Without, double Relabelled);
