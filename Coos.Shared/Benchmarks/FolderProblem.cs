namespace Coos.Shared.Benchmarks;

/// <summary>A benchmark folder that cannot be read.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Message">One line per problem: file, location, reason.</param>
public sealed record FolderProblem(string Path, string Message);
