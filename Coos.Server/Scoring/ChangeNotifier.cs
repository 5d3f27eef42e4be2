using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>
/// Publishes changes to every process: to this one directly, to others on the same PostgreSQL database by NOTIFY. A
/// notification may be lost with its connection; waiting requests therefore also poll, and cached results expire within
/// seconds. Each method follows a committed change, so none can be cancelled.
/// </summary>
internal sealed class ChangeNotifier(ResultVersions results, EvaluationSignals signals)
{
    /// <summary>The channel for processed submissions; the payload is the id and the benchmark.</summary>
    public const string ScoredChannel = "coos_worked";

    /// <summary>The channel for replaced labels; the payload is the benchmark and the split.</summary>
    public const string LabelsChannel = "coos_labels";

    /// <summary>Tells all processes that a submission was processed.</summary>
    public async Task PublishScoredAsync(CoosDbContext database, Guid submission, string benchmark)
    {
        await OnScoredAsync(submission, benchmark);
        await NotifyAsync(database, ScoredChannel, $"{submission} {benchmark}");
    }

    /// <summary>Tells the other processes that the labels of a split were replaced.</summary>
    public static Task PublishLabelsAsync(CoosDbContext database, string benchmark, string split) =>
        NotifyAsync(database, LabelsChannel, $"{benchmark} {split}");

    /// <summary>Invalidates cached results and wakes waiting requests in this process after a submission was processed.</summary>
    public async Task OnScoredAsync(Guid submission, string benchmark)
    {
        await results.InvalidateAsync(benchmark);
        signals.Complete(submission);
    }

    private static async Task NotifyAsync(CoosDbContext database, string channel, string message)
    {
        if (database.Database.IsNpgsql())
        {
            await database.Database.ExecuteSqlAsync($"SELECT pg_notify({channel}, {message})", CancellationToken.None);
        }
    }
}
