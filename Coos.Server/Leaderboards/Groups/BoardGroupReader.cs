using System.Collections.Concurrent;
using System.Text.Json;
using Coos.Evaluator.Metrics;
using Coos.Server.Data;
using Coos.Server.Disclosures;
using Coos.Server.Problems;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Leaderboards.Groups;

/// <summary>
/// Reads the scores of a board's entries within a group from their reports. Reports never change, so those of the groups that were asked
/// for last are kept.
/// </summary>
/// <param name="reader">Reads reports on the part of the labels that a board shows.</param>
/// <param name="databases">Opens the database.</param>
internal sealed class BoardGroupReader(LeaderboardReader reader, IDbContextFactory<CoosDbContext> databases) : IDisposable
{
    /// <summary>The number of groups whose scores are kept.</summary>
    private const int MaximumKept = 32;

    /// <summary>The number of reports that are read at once.</summary>
    private const int Chunk = 50;

    /// <summary>The number of values that a problem lists.</summary>
    private const int MaximumListed = 20;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<string, (Guid[] Reports, IReadOnlyList<GroupChoice> Choices)> _choices = new();
    private readonly ConcurrentDictionary<KeptKey, Kept> _kept = new();
    private long _uses;

    /// <summary>Finds the groups that can be chosen: those in which entries of the board have scores.</summary>
    /// <returns>The columns in the order of the manifest; empty on a guarded benchmark.</returns>
    public async Task<IReadOnlyList<GroupChoice>> FindChoicesAsync(Board board, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(board);
        var benchmark = board.Benchmark;
        if (benchmark.Groups.Count == 0 || benchmark.Disclosure.IsGuarded)
        {
            return [];
        }

        // The labels of a split have the same groups for all entries, so the report of one entry per split tells them.
        Guid[] ids =
        [
            .. benchmark
                .TestSplits.Select(s =>
                    board.Rows.FirstOrDefault(r => r.Entry.EvaluationId is not null && r.Entry.Splits.ContainsKey(s.Name))
                )
                .OfType<RankedEntry>()
                .Select(r => r.Entry.EvaluationId!.Value)
                .Distinct()
                .Order(),
        ];
        if (_choices.TryGetValue(benchmark.Slug, out var known) && known.Reports.SequenceEqual(ids))
        {
            return known.Choices;
        }

        var reports = await ReadAsync(benchmark, ids, cancellation);
        GroupScore[] groups = [.. reports.Values.SelectMany(r => r.Splits).SelectMany(s => s.Groups ?? [])];
        GroupChoice[] choices =
        [
            .. benchmark
                .Groups.Select(column => new GroupChoice(
                    column,
                    GroupColumn.Sort(groups.Where(g => g.Group == column).Select(g => g.Value))
                ))
                .Where(c => c.Values.Count > 0),
        ];
        _choices[benchmark.Slug] = (ids, choices);
        return choices;
    }

    /// <summary>Reads the scores within a group.</summary>
    /// <param name="board">The board.</param>
    /// <param name="key">The group.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    /// <returns>The scores, or why they are refused: no entry has scores in such a group, or the benchmark guards its labels.</returns>
    public async Task<Result<BoardGroup>> ReadAsync(Board board, GroupKey key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(key);
        if (board.Benchmark.Disclosure.IsGuarded)
        {
            return GuardedDetails.Refuse(
                "The scores of a group of images are details, which would reveal labels.",
                board.Benchmark.Disclosure.Reason,
                RefusalKind.Forbidden
            );
        }

        var values = (await FindChoicesAsync(board, cancellation)).FirstOrDefault(c => c.Column == key.Column)?.Values ?? [];
        if (!values.Contains(key.Value))
        {
            return Unknown(key, values);
        }

        var scores = await GetScoresAsync(board, key, cancellation);
        return new BoardGroup(key, BoardGroup.MetricOf(board.Benchmark.Ranking), FindSplits(board, scores), scores);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static Refusal Unknown(GroupKey key, IReadOnlyList<string> values) =>
        Refusal.BadQuery(
            new FieldProblem(
                GroupKey.ParameterName,
                "bad-value",
                values.Count == 0
                    ? $"no entry of the leaderboard has scores by {key.Column}"
                    : $"no entry has a score of this value of {key.Column}; allowed: "
                        + string.Join(", ", values.Take(MaximumListed).Select(v => new GroupKey(key.Column, v)))
                        + (values.Count > MaximumListed ? $", and {values.Count - MaximumListed} more" : "")
            )
        );

    private static (Split, int)[] FindSplits(Board board, IReadOnlyDictionary<Guid, IReadOnlyDictionary<string, GroupEntryScore>> scores) =>
        [
            .. from split in board.Benchmark.TestSplits
            let first = board
                .Rows.Where(r => r.Entry.EvaluationId is not null && r.Entry.Splits.ContainsKey(split.Name))
                .Select(r => scores.GetValueOrDefault(r.Entry.EvaluationId!.Value)?.GetValueOrDefault(split.Name))
                .FirstOrDefault(s => s is not null)
            where first is not null
            select (split, first.Images),
        ];

    private async Task<IReadOnlyDictionary<Guid, IReadOnlyDictionary<string, GroupEntryScore>>> GetScoresAsync(
        Board board,
        GroupKey key,
        CancellationToken cancellation
    )
    {
        var benchmark = board.Benchmark;
        Guid[] ids = [.. board.Rows.Select(r => r.Entry.EvaluationId).OfType<Guid>()];
        var kept = new KeptKey(benchmark.Slug, benchmark.ScoredPart, BoardGroup.MetricOf(benchmark.Ranking).Id, key);
        if (_kept.TryGetValue(kept, out var known) && ids.Length == known.Scores.Count && Array.TrueForAll(ids, known.Scores.ContainsKey))
        {
            return known.Scores;
        }

        // One reader at a time: reports of a large board are large.
        await _gate.WaitAsync(cancellation);
        try
        {
            var current = new Dictionary<Guid, IReadOnlyDictionary<string, GroupEntryScore>>(ids.Length);
            var before = _kept.GetValueOrDefault(kept)?.Scores;
            foreach (var id in ids)
            {
                if (before?.TryGetValue(id, out var scores) == true)
                {
                    current[id] = scores;
                }
            }

            foreach (var chunk in ids.Where(id => !current.ContainsKey(id)).Chunk(Chunk).ToList())
            {
                var reports = await ReadAsync(benchmark, chunk, cancellation);
                foreach (var id in chunk)
                {
                    current[id] = reports.TryGetValue(id, out var report)
                        ? Select(report, kept)
                        : new Dictionary<string, GroupEntryScore>();
                }
            }

            _kept[kept] = new Kept(current, ++_uses);
            RemoveOldest();
            return current;
        }
        finally
        {
            _gate.Release();
        }
    }

    private void RemoveOldest()
    {
        while (_kept.Count > MaximumKept)
        {
            _kept.TryRemove(_kept.MinBy(k => k.Value.Use).Key, out _);
        }
    }

    private static Dictionary<string, GroupEntryScore> Select(GroupReport report, KeptKey key)
    {
        var scores = new Dictionary<string, GroupEntryScore>();
        foreach (var split in report.Splits)
        {
            var group = split.Groups?.FirstOrDefault(g => g.Group == key.Group.Column && g.Value == key.Group.Value);
            if (group?.Metrics.FirstOrDefault(m => m.Id == key.Metric) is { Loss: { } loss } metric)
            {
                var method = metric.IntervalMethod is { } text ? string.Intern(text) : null;
                scores[split.Split] = new GroupEntryScore(
                    new EntryScore(loss.Error, loss.Lower, loss.Upper) { IntervalMethod = method },
                    group.Images
                );
            }
        }

        return scores;
    }

    /// <summary>Reads reports: only the groups of the open part, since a report can be large.</summary>
    private async Task<Dictionary<Guid, GroupReport>> ReadAsync(Benchmark benchmark, Guid[] ids, CancellationToken cancellation)
    {
        var reports = new Dictionary<Guid, GroupReport>();
        if (benchmark.ScoredPart == LabelPart.Sealed)
        {
            foreach (var id in ids)
            {
                if (await reader.FindEvaluationAsync(benchmark, id, cancellation) is { } report)
                {
                    reports[id] = new GroupReport([.. report.Splits.Select(s => new SplitGroups(s.Split, s.Groups))]);
                }
            }

            return reports;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var rows = database.Evaluations.Where(e => ids.Contains(e.Id)).Select(e => new { e.Id, e.Report }).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            reports[row.Id] = JsonSerializer.Deserialize<GroupReport>(row.Report, CoosJson.Options)!;
        }

        return reports;
    }

    /// <summary>What is read of a report.</summary>
    private sealed record GroupReport(IReadOnlyList<SplitGroups> Splits);

    /// <summary>What is read of the report on a split.</summary>
    private sealed record SplitGroups(string Split, IReadOnlyList<GroupScore>? Groups);

    private sealed record KeptKey(string Benchmark, LabelPart Part, Coos.Shared.Metrics.MetricId Metric, GroupKey Group);

    private sealed record Kept(IReadOnlyDictionary<Guid, IReadOnlyDictionary<string, GroupEntryScore>> Scores, long Use);
}
