using System.Collections.Concurrent;

namespace Coos.Server.Benchmarks;

/// <summary>The label files that cannot be read now, for organisers and the health check.</summary>
internal sealed class LabelProblems
{
    private readonly ConcurrentDictionary<(string Benchmark, string Split), string> _current = new();

    /// <summary>The splits with a label file that cannot be read.</summary>
    public IReadOnlyList<(string Benchmark, string Split)> Splits => [.. _current.Keys.Order()];

    /// <summary>The problem of a split's label file: file, position, reason; null if it has none.</summary>
    public string? Find(string benchmark, string split) => _current.GetValueOrDefault((benchmark, split));

    /// <summary>Records a problem.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Set(string benchmark, string split, string problem)
    {
        var isNew = Find(benchmark, split) != problem;
        _current[(benchmark, split)] = problem;
        return isNew;
    }

    /// <summary>Forgets the problem of a split whose file was read, or removed.</summary>
    public void Clear(string benchmark, string split) => _current.TryRemove((benchmark, split), out _);
}
