using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Coos.Web.Benchmarks;

/// <summary>The labels in memory, replaced as a whole where a split gets new ones.</summary>
internal sealed class LabelStore
{
    private readonly ConcurrentDictionary<(string Benchmark, string Split), ActiveLabels> _active = new();

    /// <summary>The labels of a split.</summary>
    public bool TryGet(string benchmark, string split, [NotNullWhen(true)] out ActiveLabels? labels) =>
        _active.TryGetValue((benchmark, split), out labels);

    /// <summary>Whether the labels of a split are known.</summary>
    public bool Has(string benchmark, string split) => _active.ContainsKey((benchmark, split));

    /// <summary>Makes labels the ones that count.</summary>
    public void Set(string benchmark, string split, ActiveLabels labels) => _active[(benchmark, split)] = labels;
}
