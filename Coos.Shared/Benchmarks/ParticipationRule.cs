namespace Coos.Shared.Benchmarks;

/// <summary>Who may take part in a benchmark.</summary>
/// <param name="Approval">Whether an organiser must approve each account; null for the server's setting.</param>
public sealed record ParticipationRule(bool? Approval);
