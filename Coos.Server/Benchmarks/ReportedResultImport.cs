using System.Security.Cryptography;
using System.Text;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Benchmarks;

/// <summary>Makes the reported results in the database those of the benchmark folders.</summary>
internal sealed class ReportedResultImport(BenchmarkCatalog catalog, IDbContextFactory<CoosDbContext> databases)
{
    /// <summary>Replaces what is stored, in one transaction.</summary>
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
            Id = IdOf(benchmark, result),
            Benchmark = benchmark,
            Features = result.Features,
            Classifier = result.Classifier,
            Source = result.Source,
            Position = position,
        };
        foreach (var (split, error) in result.Errors)
        {
            row.Scores.Add(new StoredReportedScore { Split = split, BalancedError = error });
        }

        return row;
    }

    /// <summary>The id is made of what the result is, so that links to it outlive the database.</summary>
    private static Guid IdOf(string benchmark, ReportedResult result) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{benchmark}\n{result.Features}\n{result.Classifier}\n{result.Source}"))[..16]);
}
