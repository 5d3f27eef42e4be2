using Coos.Server.Data;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Scoring;

/// <summary>Reads the ranks of a benchmark, so that they can be compared before and after a rescoring.</summary>
internal interface IRankReader
{
    /// <summary>Reads the ranks within the context's transaction, best first.</summary>
    Task<IReadOnlyList<EntryRank>> ReadRanksAsync(CoosDbContext database, Benchmark benchmark, CancellationToken cancellation);
}

/// <summary>The rank of an entry.</summary>
/// <param name="Id">The submission or reported result.</param>
/// <param name="Rank">The rank, from 1; null if a ranking split is missing.</param>
/// <param name="Score">Its mean balanced error over the ranking splits, 0..1; null if a ranking split is missing.</param>
internal sealed record EntryRank(Guid Id, int? Rank, double? Score);
