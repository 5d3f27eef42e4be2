using Coos.Shared.Predictions;

namespace Coos.Cli.Submit;

/// <summary>What a server says of files that it would accept.</summary>
/// <param name="Warnings">Warnings about predictions that are probably not intended; null from an older server.</param>
internal sealed record ValidationAnswer(IReadOnlyList<PredictionWarning>? Warnings);
