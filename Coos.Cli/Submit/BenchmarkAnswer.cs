namespace Coos.Cli.Submit;

/// <summary>A benchmark, as a server describes it.</summary>
/// <param name="Slug">Its slug.</param>
/// <param name="Splits">Its splits.</param>
internal sealed record BenchmarkAnswer(string Slug, IReadOnlyList<BenchmarkSplit> Splits);

/// <summary>A split of a benchmark.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">Its role; a string, so that roles of a newer server are read too.</param>
/// <param name="Images">The number of its images; null if it is not known.</param>
internal sealed record BenchmarkSplit(string Name, string Role, int? Images);
