using Coos.Server.Data;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Scoring;

/// <summary>Reads the ranks of a benchmark, which whoever replaces scores compares before and after.</summary>
internal interface IRankReader
{
    /// <summary>The ranks as the transaction of the context sees them, the best first.</summary>
    Task<IReadOnlyList<EntryRank>> ReadRanksAsync(CoosDbContext database, Benchmark benchmark, CancellationToken cancellation);
}

/// <summary>The rank of an entry.</summary>
/// <param name="Id">The submission or reported result.</param>
/// <param name="Rank">From 1; null where a ranking split is missing.</param>
/// <param name="Score">Its mean balanced error over the ranking splits, 0..1; null likewise.</param>
internal sealed record EntryRank(Guid Id, int? Rank, double? Score);
