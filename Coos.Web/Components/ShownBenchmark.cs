using Coos.Shared.Benchmarks;

namespace Coos.Web.Components;

/// <summary>
/// The benchmark that the current page is about, for the header. Addresses below /benchmarks/{slug} name it themselves; pages with
/// other addresses set it as soon as they know it, and the header is rendered again.
/// </summary>
internal sealed class ShownBenchmark
{
    /// <summary>The benchmark; null if the page has not set one.</summary>
    public Benchmark? Benchmark { get; private set; }

    /// <summary>Occurs when the benchmark was set.</summary>
    public event Action? Changed;

    /// <summary>Sets the benchmark.</summary>
    public void Set(Benchmark? benchmark)
    {
        Benchmark = benchmark;
        Changed?.Invoke();
    }
}
