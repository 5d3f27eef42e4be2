using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Benchmarks;

/// <summary>The current labels of all splits, in memory. New labels of a split replace the old ones as a whole.</summary>
internal sealed class LabelStore
{
    private readonly ConcurrentDictionary<(string Benchmark, string Split), ActiveLabels> _active = new();
    private readonly ConcurrentDictionary<string, int> _changing = new();

    /// <summary>Finds the labels of a split.</summary>
    public bool TryGet(string benchmark, string split, [NotNullWhen(true)] out ActiveLabels? labels) =>
        _active.TryGetValue((benchmark, split), out labels);

    /// <summary>Whether the server has the labels of a split.</summary>
    public bool Has(string benchmark, string split) => _active.ContainsKey((benchmark, split));

    /// <summary>Whether a benchmark takes submissions and the server can score them: it is not closed, and labels are known.</summary>
    public bool CanScore(Benchmark benchmark) => benchmark.ClosedAt is null && benchmark.Splits.Any(s => Has(benchmark.Slug, s.Name));

    /// <summary>
    /// Whether labels of a benchmark are being replaced. Its splits change one after the other, and its submissions are marked
    /// for rescoring only after all of them.
    /// </summary>
    public bool IsChanging(string benchmark) => _changing.GetValueOrDefault(benchmark) > 0;

    /// <summary>Marks a benchmark's labels as being replaced until the returned object is disposed.</summary>
    public IDisposable BeginChange(string benchmark)
    {
        _changing.AddOrUpdate(benchmark, 1, (_, changes) => changes + 1);
        return new Change(this, benchmark);
    }

    /// <summary>Replaces the labels of a split.</summary>
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
