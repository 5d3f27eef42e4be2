using Coos.Server.Disclosures;
using Coos.Server.Leaderboards;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Mixes;

/// <summary>Ranks the entries of a board under a reader's own mix of classes and costs.</summary>
/// <remarks>
/// It reads entries through <see cref="BoardStore"/>, so it shows no entry and no score that the board does not show. Mixes are
/// computed one at a time, so that many of them cannot take all processors from other requests.
/// </remarks>
internal sealed class MixService(BoardStore boards, MixEvidence evidence) : IDisposable
{
    /// <summary>The maximum number of entries with predictions: as many as the board tests.</summary>
    public const int MaximumEntries = 1000;

    private const int MaximumOutcomes = 64;

    /// <summary>The maximum number of classes.</summary>
    public const int MaximumClasses = 255;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, (long Use, MixOutcome Outcome)> _known = [];
    private long _uses;

    /// <summary>Ranks the entries of a benchmark.</summary>
    /// <param name="folder">The benchmark with its published results.</param>
    /// <param name="query">The mix.</param>
    /// <param name="cancellation">Cancels the work when the client disconnects.</param>
    /// <returns>The ranking, or why it was refused.</returns>
    public async Task<Result<MixOutcome>> ComputeAsync(BenchmarkFolder folder, MixQuery query, CancellationToken cancellation)
    {
        var benchmark = folder.Benchmark;
        if (RefuseAlways(benchmark) is { } always)
        {
            return always;
        }

        var board = await boards.GetAsync(benchmark, cancellation);
        await _gate.WaitAsync(cancellation);
        try
        {
            var input = MixInput.Create(board, folder, query, evidence);
            if (input.Refusal is { } refusal)
            {
                return refusal;
            }

            // The same entries with the same labels and mix give the same outcome.
            var key = input.Key;
            if (!_known.TryGetValue(key, out var known))
            {
                known.Outcome = await ComputeAsync(input, cancellation);
                if (_known.Count >= MaximumOutcomes)
                {
                    _known.Remove(_known.MinBy(k => k.Value.Use).Key);
                }
            }

            _known[key] = (++_uses, known.Outcome);
            return known.Outcome;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Refuses on a benchmark that guards its labels, because each mix would be one more question about them, and on one with too many
    /// classes to weight by hand.
    /// </summary>
    public static Refusal? RefuseAlways(Benchmark benchmark) =>
        benchmark.Classes.Count > MaximumClasses
            ? new Refusal(
                RefusalKind.Conflict,
                "Too many classes",
                $"{benchmark.Name} has {benchmark.Classes.Count} classes; your own mix is for benchmarks of at most {MaximumClasses}."
            )
        : benchmark.Disclosure.IsGuarded
            ? GuardedDetails.Refuse(
                "Weighted errors are computed from the results of each class, which would reveal labels.",
                benchmark.Disclosure.Reason,
                RefusalKind.Forbidden
            )
        : null;

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<MixOutcome> ComputeAsync(MixInput input, CancellationToken cancellation)
    {
        if (input.Layout is not { } layout)
        {
            return MixRanking.Create(input, [], cancellation);
        }

        var counts = await evidence.ReadAsync(
            input.Board.Benchmark,
            [.. input.Splits.Select(s => s.Name)],
            [.. input.Scored.Select(r => r.Entry.Id)],
            cancellation
        );
        var scored = new MixScoredEntry?[input.Scored.Count];
        await Task.Run(
            () =>
                Parallel.For(
                    0,
                    scored.Length,
                    new ParallelOptions { CancellationToken = cancellation },
                    i =>
                    {
                        if (counts.TryGetValue(input.Scored[i].Entry.Id, out var own))
                        {
                            scored[i] = MixScoredEntry.Create(input.Scored[i], layout, own);
                        }
                    }
                ),
            cancellation
        );
        return MixRanking.Create(input, [.. scored.OfType<MixScoredEntry>()], cancellation);
    }
}
