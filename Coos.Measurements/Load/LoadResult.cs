using System.Collections.Concurrent;
using System.Globalization;

namespace Coos.Measurements.Load;

/// <summary>What came of a load.</summary>
internal sealed class LoadResult
{
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private readonly ConcurrentBag<(double Milliseconds, TimeSpan At)> _answers = [];

    /// <summary>The ids of what was accepted.</summary>
    public ConcurrentBag<Guid> Accepted { get; } = [];

    /// <summary>How many were answered with their scores.</summary>
    public int Scored => Count(201);

    /// <summary>How many were answered with an error of the server, or not at all.</summary>
    public int Broken => _statuses.Where(s => s.Key is 0 or >= 500).Sum(s => s.Value);

    /// <summary>The statuses and how often each came; 0 for no answer.</summary>
    public string Statuses => string.Join(", ", _statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}"));

    /// <summary>Records an answer.</summary>
    /// <param name="status">Its status; 0 for none.</param>
    /// <param name="milliseconds">How long it took.</param>
    /// <param name="at">When it was asked for, since the start.</param>
    public void Add(int status, double milliseconds, TimeSpan at = default)
    {
        _statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
        _answers.Add((milliseconds, at));
    }

    /// <summary>How many answers had a status.</summary>
    public int Count(int status) => _statuses.GetValueOrDefault(status);

    /// <summary>A quantile of the times to the answer, in milliseconds.</summary>
    public double Quantile(double q) => Quantile(_answers.Select(a => a.Milliseconds), q);

    /// <summary>The same quantile of what was asked for in each part of the time, in order.</summary>
    public IEnumerable<double> Quantiles(double q, TimeSpan part) =>
        _answers.GroupBy(a => (int)(a.At / part)).OrderBy(g => g.Key).Select(g => Quantile(g.Select(a => a.Milliseconds), q));

    private static double Quantile(IEnumerable<double> times, double q)
    {
        var sorted = times.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(q * sorted.Length))];
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"answers {Statuses}; time to the answer: median {Quantile(0.5):0} ms, p95 {Quantile(0.95):0} ms, "
                + $"p99 {Quantile(0.99):0} ms, longest {Quantile(1):0} ms"
        );
}
