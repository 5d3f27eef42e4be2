using System.Collections.Concurrent;
using System.Globalization;

namespace Coos.Measurements.Load;

/// <summary>The result of a load test.</summary>
internal sealed class LoadResult
{
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private readonly ConcurrentBag<(double Milliseconds, TimeSpan At)> _responses = [];

    /// <summary>The ids of the accepted submissions.</summary>
    public ConcurrentBag<Guid> Accepted { get; } = [];

    /// <summary>The number of responses with scores.</summary>
    public int Scored => Count(201);

    /// <summary>The number of requests with a server error or without a response.</summary>
    public int Broken => _statuses.Where(s => s.Key is 0 or >= 500).Sum(s => s.Value);

    /// <summary>The statuses and their counts; 0 for no response.</summary>
    public string Statuses => string.Join(", ", _statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}"));

    /// <summary>Records a response.</summary>
    /// <param name="status">The status; 0 for no response.</param>
    /// <param name="milliseconds">The response time.</param>
    /// <param name="at">When the request was made, since the start.</param>
    public void Add(int status, double milliseconds, TimeSpan at = default)
    {
        _statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
        _responses.Add((milliseconds, at));
    }

    /// <summary>Counts the responses with a status.</summary>
    public int Count(int status) => _statuses.GetValueOrDefault(status);

    /// <summary>Computes a quantile of the response times, in milliseconds.</summary>
    public double Quantile(double q) => Quantile(_responses.Select(a => a.Milliseconds), q);

    /// <summary>Computes a quantile of the response times for each part of the duration, in order.</summary>
    public IEnumerable<double> Quantiles(double q, TimeSpan part) =>
        _responses.GroupBy(a => (int)(a.At / part)).OrderBy(g => g.Key).Select(g => Quantile(g.Select(a => a.Milliseconds), q));

    private static double Quantile(IEnumerable<double> times, double q)
    {
        var sorted = times.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(q * sorted.Length))];
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"responses {Statuses}; response time: median {Quantile(0.5):0} ms, p95 {Quantile(0.95):0} ms, "
                + $"p99 {Quantile(0.99):0} ms, longest {Quantile(1):0} ms"
        );
}
