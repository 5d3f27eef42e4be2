using System.Collections.Concurrent;

namespace Coos.Server.Scoring.Baselines;

/// <summary>The problems that the last import of the baseline folders found, for the pages.</summary>
internal sealed class BaselineProblems
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<BaselineProblem>> _byBenchmark = new();

    /// <summary>The problems of a benchmark's baselines, by name.</summary>
    public IReadOnlyList<BaselineProblem> For(string benchmark) => _byBenchmark.GetValueOrDefault(benchmark, []);

    /// <summary>Replaces the problems of a benchmark.</summary>
    public void Set(string benchmark, IReadOnlyList<BaselineProblem> problems) => _byBenchmark[benchmark] = problems;
}
