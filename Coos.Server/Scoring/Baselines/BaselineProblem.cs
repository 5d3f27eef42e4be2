namespace Coos.Server.Scoring.Baselines;

/// <summary>A problem that prevents the import of a baseline's folder.</summary>
/// <param name="Name">The folder's name below baselines/.</param>
/// <param name="Message">What is wrong and what is allowed.</param>
internal sealed record BaselineProblem(string Name, string Message);
