namespace Coos.Server.Scoring.Baselines;

/// <summary>Why a baseline's folder does not count as it is.</summary>
/// <param name="Name">The folder's name below baselines/.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
internal sealed record BaselineProblem(string Name, string Message);
