namespace Coos.Models.Protocol;

/// <summary>Why a model cannot be run.</summary>
/// <param name="Code">One of <see cref="ModelProblemCodes"/>.</param>
/// <param name="Detail">What was found and what is allowed, for the one who made the model.</param>
public sealed record ModelProblem(string Code, string Detail);
