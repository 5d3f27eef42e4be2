using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Coos.Server.Benchmarks;

/// <summary>The labels in memory, replaced as a whole where a split gets new ones.</summary>
internal sealed class LabelStore
{
    private readonly ConcurrentDictionary<(string Benchmark, string Split), ActiveLabels> _active = new();
    private readonly ConcurrentDictionary<string, int> _changing = new();

    /// <summary>The labels of a split.</summary>
    public bool TryGet(string benchmark, string split, [NotNullWhen(true)] out ActiveLabels? labels) =>
        _active.TryGetValue((benchmark, split), out labels);

    /// <summary>Whether the labels of a split are known.</summary>
    public bool Has(string benchmark, string split) => _active.ContainsKey((benchmark, split));

    /// <summary>
    /// Whether labels of a benchmark are being replaced: its splits change one after the other, and its submissions are
    /// marked for being scored anew only then.
    /// </summary>
    public bool IsChanging(string benchmark) => _changing.GetValueOrDefault(benchmark) > 0;

    /// <summary>Says that labels of a benchmark are being replaced, until what is returned is disposed.</summary>
    public IDisposable BeginChange(string benchmark)
    {
        _changing.AddOrUpdate(benchmark, 1, (_, changes) => changes + 1);
        return new Change(this, benchmark);
    }

    /// <summary>Makes labels the ones that count.</summary>
    public void Set(string benchmark, string split, ActiveLabels labels) => _active[(benchmark, split)] = labels;

    private sealed class Change(LabelStore store, string benchmark) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                store._changing.AddOrUpdate(benchmark, 0, (_, changes) => changes - 1);
            }
        }
    }
}
