using Coos.Evaluator.Disclosures;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Disclosures;

/// <summary>Reads how much participants were told about the labels of guarded benchmarks.</summary>
internal sealed class DisclosureBudgets(IDbContextFactory<CoosDbContext> databases, DisclosureLimits limits)
{
    /// <summary>Reads the budget of a participant.</summary>
    /// <returns>Null unless the benchmark is guarded.</returns>
    public async Task<DisclosureBudget?> FindAsync(Benchmark benchmark, string submitter, Guid? owner, CancellationToken cancellation)
    {
        if (!benchmark.Disclosure.IsGuarded)
        {
            return null;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await ReadAsync(database, benchmark, submitter, owner, cancellation);
    }

    /// <summary>Reads the budget of the participant to whom a submitter and an account belong.</summary>
    public async Task<DisclosureBudget> ReadAsync(
        CoosDbContext database,
        Benchmark benchmark,
        string submitter,
        Guid? owner,
        CancellationToken cancellation
    )
    {
        var answers = await ParticipantAnswers.ReadAsync(database, benchmark.Slug, submitter, owner, cancellation);
        return Describe(benchmark, ParticipantAnswers.Summarize(answers));
    }

    /// <summary>Describes a transcript as a budget.</summary>
    public DisclosureBudget Describe(Benchmark benchmark, Transcript transcript) =>
        new(Math.Round(transcript.Bits, 1), Round(limits.ComputeGain(benchmark, transcript.Bits)), limits.GetMaximumGain(benchmark));

    /// <summary>Rounds a gain up to a millionth, so that it stays a bound.</summary>
    private static double? Round(double? gain) => gain is { } value ? Math.Ceiling(value * 1e6) / 1e6 : null;
}
