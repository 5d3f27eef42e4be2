using System.Diagnostics.Metrics;
using Coos.Server.Data;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Telemetry;

/// <summary>The counters, timers and gauges of COOS.</summary>
internal sealed class CoosMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Coos";

    private readonly Meter _meter;
    private readonly Counter<long> _received;
    private readonly Histogram<double> _evaluations;
    private readonly IDbContextFactory<CoosDbContext> _databases;
    private readonly TimeProvider _clock;

    public CoosMetrics(IMeterFactory meters, IDbContextFactory<CoosDbContext> databases, TimeProvider clock)
    {
        (_databases, _clock) = (databases, clock);
        _meter = meters.Create(Name);
        _received = _meter.CreateCounter<long>("coos.submissions.received", "{submission}", "Accepted submissions");
        _evaluations = _meter.CreateHistogram<double>(
            "coos.evaluation.duration",
            "s",
            "Time from claiming a submission to recording its result, by outcome"
        );
        _meter.CreateObservableGauge(
            "coos.queue.depth",
            CountWaiting,
            "{submission}",
            "Submissions that are waiting for scoring or being scored"
        );
        _meter.CreateObservableGauge(
            "coos.queue.age",
            ComputeOldestAge,
            "s",
            "Age of the oldest submission in the queue; 0 if the queue is empty"
        );
        _meter.CreateObservableGauge("coos.submissions.failed", CountFailed, "{submission}", "Submissions that could not be scored");
    }

    /// <summary>Counts an accepted submission.</summary>
    public void RecordReceived(string benchmark) => _received.Add(1, new KeyValuePair<string, object?>("benchmark", benchmark));

    /// <summary>Records an attempt to score a submission.</summary>
    /// <param name="elapsed">The duration of the attempt.</param>
    /// <param name="outcome">scored, failed or returned.</param>
    public void RecordEvaluation(TimeSpan elapsed, string outcome) =>
        _evaluations.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private int CountWaiting()
    {
        using var database = _databases.CreateDbContext();
        return database.Submissions.Unscored().Count();
    }

    private double ComputeOldestAge()
    {
        using var database = _databases.CreateDbContext();
        var oldest = database.Submissions.Unscored().Min(s => (DateTime?)s.CreatedAt);
        return oldest is { } time ? Math.Max(0, (_clock.GetUtcNow().UtcDateTime - time).TotalSeconds) : 0;
    }

    private int CountFailed()
    {
        using var database = _databases.CreateDbContext();
        return database.Submissions.Count(s => s.Status == SubmissionStatus.Failed);
    }
}
