using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Coos.Web.Benchmarks;

/// <summary>The labels in memory, replaced as a whole where a split gets new ones.</summary>
internal sealed class LabelStore
{
    private readonly ConcurrentDictionary<(string Benchmark, string Split), ActiveLabels> _active = new();
    private readonly ConcurrentDictionary<string, bool> _changing = new();

    /// <summary>The labels of a split.</summary>
    public bool TryGet(string benchmark, string split, [NotNullWhen(true)] out ActiveLabels? labels) =>
        _active.TryGetValue((benchmark, split), out labels);

    /// <summary>Whether the labels of a split are known.</summary>
    public bool Has(string benchmark, string split) => _active.ContainsKey((benchmark, split));

    /// <summary>
    /// Whether labels of a benchmark are being replaced: its splits change one after the other, and its submissions are
    /// marked for being scored anew only then.
    /// </summary>
    public bool IsChanging(string benchmark) => _changing.ContainsKey(benchmark);

    /// <summary>Says that labels of a benchmark are being replaced, or that all of them are.</summary>
    public void SetChanging(string benchmark, bool isChanging)
    {
        if (isChanging)
        {
            _changing[benchmark] = true;
        }
        else
        {
            _changing.TryRemove(benchmark, out _);
        }
    }

    /// <summary>Makes labels the ones that count.</summary>
    public void Set(string benchmark, string split, ActiveLabels labels) => _active[(benchmark, split)] = labels;
}
