using System.Collections.Concurrent;
using Coos.Evaluator.Methods;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.RankTests;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Methods;

/// <summary>
/// Builds the boards of methods from the boards of entries, which contain only what everyone may see. The last one of each
/// benchmark is kept until its entries change.
/// </summary>
internal sealed class MethodBoardReader(BoardStore boards, EvidenceReader evidence) : IDisposable
{
    private readonly ConcurrentDictionary<string, (Board Source, string Entries, MethodBoard Board)> _known = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new();

    /// <summary>Gets the current board of methods of a benchmark.</summary>
    public async Task<MethodBoard> GetAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        var board = await boards.GetAsync(benchmark, cancellation);
        if (_known.TryGetValue(benchmark.Slug, out var current) && ReferenceEquals(current.Source, board))
        {
            return current.Board;
        }

        // One at a time: requests that arrive together would all read the same predictions.
        var gate = _gates.GetOrAdd(benchmark.Slug, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellation);
        try
        {
            // A board of entries is rebuilt often, mostly with the same entries. It may have been rebuilt during the wait.
            board = await boards.GetAsync(benchmark, cancellation);
            var entries = Identify(board);
            var created =
                _known.TryGetValue(benchmark.Slug, out var known) && known.Entries == entries
                    ? known.Board
                    : await CreateAsync(board, cancellation);
            _known[benchmark.Slug] = (board, entries, created);
            return created;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var gate in _gates.Values)
        {
            gate.Dispose();
        }
    }

    private async Task<MethodBoard> CreateAsync(Board board, CancellationToken cancellation)
    {
        var benchmark = board.Benchmark;
        var groups = MethodRules.Group(board);
        var best = MethodRules.SelectRanked(groups);
        var (ranked, tests) =
            HasPublishedTests(benchmark) || best.Count == 0
                ? (best, new PublishedTests(best))
                : await ReadTestsAsync(benchmark, best, cancellation);
        return MethodBoard.Create(
            benchmark,
            ranked,
            [.. groups.Where(g => !g.IsMethod)],
            (
                board.Rows.Count,
                board.Rows.Count(r => r.Entry is { Owner: not null, Run: null }),
                groups.Count(g => g.IsMethod) - ranked.Count
            ),
            tests
        );
    }

    /// <summary>Whether tests use published intervals: on a guarded benchmark, or unless balanced errors count alike.</summary>
    private static bool HasPublishedTests(Benchmark benchmark) =>
        benchmark.Disclosure.IsGuarded || !benchmark.Ranking.HasLossOfBalancedError || benchmark.Ranking.Weights is not null;

    /// <summary>Reads the predictions of methods. A method with a run that was just deleted is left out.</summary>
    private async Task<(IReadOnlyList<MethodGroup> Methods, IMethodTests Tests)> ReadTestsAsync(
        Benchmark benchmark,
        IReadOnlyList<MethodGroup> methods,
        CancellationToken cancellation
    )
    {
        var versions = benchmark.Ranking.Splits.Select(s => methods[0].Runs[0].Entry.Splits[s].LabelVersionId!.Value).ToList();
        var parts = await evidence.ReadPartsAsync(benchmark, benchmark.Ranking.Splits, versions, benchmark.ScoredPart, cancellation);
        var layout = new MethodLayout(parts, benchmark.Classes.Count, benchmark.Cluster);
        var (found, encoded) = (new List<MethodGroup>(), new List<MethodEvidence>());
        foreach (var method in methods)
        {
            // One method at a time, so that the predictions of all entries are never in memory together.
            Guid[] ids = [.. method.Runs.Select(r => r.Entry.Id)];
            var predictions = await evidence.ReadAsync(benchmark.Ranking.Splits, ids, predicted => predicted.ToArray(), cancellation);
            if (ids.All(predictions.ContainsKey))
            {
                found.Add(method);
                encoded.Add(layout.Encode([.. ids.Select(id => predictions[id])]));
            }
        }

        return (found, new PredictionTests(layout, encoded));
    }

    /// <summary>Identifies what a board of methods depends on: equal texts give equal boards.</summary>
    private static string Identify(Board board) =>
        string.Join(
            '\n',
            board.Rows.Select(r =>
                $"{r.Entry.Id} {r.Entry.EvaluationId} {r.Score:R} {r.Entry.Method} {r.Entry.Submitter} {r.Entry.Run} "
                + $"{r.Entry.ExternalData} {r.Entry.Protocol}"
            )
        ) + $"\n{board.Benchmark.ScoredPart} {board.Benchmark.Disclosure}";
}
