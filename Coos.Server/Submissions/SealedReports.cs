using System.Text.Json;
using Coos.Server.Data;
using Coos.Shared;
using Coos.Shared.Scores;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>
/// Reads the reports on the sealed part. Callers must be organisers or read a closed benchmark; a test lists the files that use it.
/// </summary>
internal static class SealedReports
{
    /// <summary>Reads the reports of an evaluation on the sealed part; null if it has none.</summary>
    /// <param name="database">The database.</param>
    /// <param name="id">The evaluation.</param>
    /// <param name="open">Its report on the public part.</param>
    /// <param name="cancellation">Cancels reading it.</param>
    public static async Task<Evaluation?> FindAsync(CoosDbContext database, Guid id, Evaluation open, CancellationToken cancellation)
    {
        var rows = await database
            .SealedScores.Where(s => s.EvaluationId == id)
            .Select(s => new { s.Split, s.Report })
            .ToDictionaryAsync(s => s.Split, s => s.Report, cancellation);
        if (open.Splits.Any(s => !rows.ContainsKey(s.Split)))
        {
            return null;
        }

        SplitScore[] splits = [.. open.Splits.Select(s => JsonSerializer.Deserialize<SplitScore>(rows[s.Split], CoosJson.Options)!)];
        return open with { Splits = splits, LabelsHash = Evaluation.CombineHashes(splits.Select(s => (s.Split, s.LabelsHash!))) };
    }
}
