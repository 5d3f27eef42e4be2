using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>
/// Tells every process what is no longer as it was: this one at once, the others of a PostgreSQL database by NOTIFY. News
/// may be lost with a connection; a waiting request then looks itself, and what is cached expires within seconds.
/// </summary>
internal sealed class ChangeNotifier(ResultVersions results, EvaluationSignals signals)
{
    /// <summary>The channel of submissions that were worked on: id and benchmark.</summary>
    public const string ScoredChannel = "coos_worked";

    /// <summary>The channel of splits that have other labels: benchmark and split.</summary>
    public const string LabelsChannel = "coos_labels";

    /// <summary>Tells everybody that a submission was worked on.</summary>
    public async Task PublishScoredAsync(CoosDbContext database, Guid submission, string benchmark, CancellationToken cancellation)
    {
        await OnScoredAsync(submission, benchmark, cancellation);
        await NotifyAsync(database, ScoredChannel, $"{submission} {benchmark}", cancellation);
    }

    /// <summary>Tells the other processes that a split has other labels.</summary>
    public static Task PublishLabelsAsync(CoosDbContext database, string benchmark, string split, CancellationToken cancellation) =>
        NotifyAsync(database, LabelsChannel, $"{benchmark} {split}", cancellation);

    /// <summary>Takes note, in this process, that a submission was worked on.</summary>
    public async Task OnScoredAsync(Guid submission, string benchmark, CancellationToken cancellation)
    {
        await results.InvalidateAsync(benchmark, cancellation);
        signals.Complete(submission);
    }

    private static async Task NotifyAsync(CoosDbContext database, string channel, string message, CancellationToken cancellation)
    {
        if (database.Database.IsNpgsql())
        {
            await database.Database.ExecuteSqlAsync($"SELECT pg_notify({channel}, {message})", cancellation);
        }
    }
}
