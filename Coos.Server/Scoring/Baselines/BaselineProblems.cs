using System.Collections.Concurrent;

namespace Coos.Server.Scoring.Baselines;

/// <summary>What the last look at the folders of baselines found wrong, for the pages.</summary>
internal sealed class BaselineProblems
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<BaselineProblem>> _byBenchmark = new();

    /// <summary>The problems of a benchmark's baselines, by name.</summary>
    public IReadOnlyList<BaselineProblem> Of(string benchmark) => _byBenchmark.GetValueOrDefault(benchmark, []);

    /// <summary>Replaces the problems of a benchmark.</summary>
    public void Set(string benchmark, IReadOnlyList<BaselineProblem> problems) => _byBenchmark[benchmark] = problems;
}
