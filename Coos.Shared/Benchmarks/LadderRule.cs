namespace Coos.Shared.Benchmarks;

/// <summary>
/// Protects test sets against overfitting by many submissions: a submission's scores are published only if it lowers its
/// submitter's best ranking error by more than the step (Blum and Hardt, "The Ladder", ICML 2015).
/// </summary>
/// <param name="Step">The step as a fraction, above 0 and at most 1: 0.01 is one percentage point.</param>
public sealed record LadderRule(double Step);
