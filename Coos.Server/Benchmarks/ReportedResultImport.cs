using System.Security.Cryptography;
using System.Text;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Benchmarks;

/// <summary>Imports the reported results of the benchmark folders into the database.</summary>
internal sealed class ReportedResultImport(BenchmarkCatalog catalog, IDbContextFactory<CoosDbContext> databases)
{
    /// <summary>Replaces all stored reported results in one transaction.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        await database.ReportedResults.ExecuteDeleteAsync(cancellation);
        foreach (var folder in catalog.All)
        {
            database.AddRange(folder.Reported.Select((result, position) => ToRow(folder.Benchmark.Slug, result, position)));
        }

        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static StoredReportedResult ToRow(string benchmark, ReportedResult result, int position)
    {
        var row = new StoredReportedResult
        {
            Id = CreateId(benchmark, result),
            Benchmark = benchmark,
            Features = result.Features,
            Classifier = result.Classifier,
            Source = result.Source,
            Position = position,
            Replicates = result.Replicates,
        };
        foreach (var (split, loss) in result.Losses)
        {
            double? deviation = result.Deviations.TryGetValue(split, out var value) ? value : null;
            row.Scores.Add(
                new StoredReportedScore
                {
                    Split = split,
                    Loss = loss,
                    Deviation = deviation,
                }
            );
        }

        return row;
    }

    /// <summary>Derives the id from the result itself, so that links stay valid in a new database.</summary>
    private static Guid CreateId(string benchmark, ReportedResult result) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{benchmark}\n{result.Features}\n{result.Classifier}\n{result.Source}"))[..16]);
}
