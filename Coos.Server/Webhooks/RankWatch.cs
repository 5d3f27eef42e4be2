using System.Text.Json;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Leaderboards;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Webhooks;

/// <summary>
/// Compares the ranks of a board with those last sent to each webhook. This finds every change once, whatever caused it: a
/// score, a deletion or new labels.
/// </summary>
internal sealed class RankWatch(
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    LeaderboardReader reader,
    ResultVersions results,
    WebhookOutbox outbox,
    TimeProvider clock
)
{
    /// <summary>How often a board is checked without a known change, because another process may have changed it.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (long Version, long CheckedAt)> _checked = [];

    /// <summary>Writes a message for every webhook whose entries changed rank.</summary>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var webhooks = await WebhookOutbox.Active(database).Where(w => w.OnRankChanged).Include(w => w.Account).ToListAsync(cancellation);
        foreach (var folder in catalog.All)
        {
            List<Webhook> affected = [.. webhooks.Where(w => w.Benchmark is null || w.Benchmark == folder.Benchmark.Slug)];
            if (affected.Count > 0 && IsCheckDue(folder.Benchmark.Slug))
            {
                await CheckAsync(database, folder.Benchmark, affected, cancellation);
            }
        }
    }

    /// <summary>Stores the current ranks for a new webhook, so that it is notified of changes from now on.</summary>
    public async Task InitialiseAsync(CoosDbContext database, Webhook webhook, Guid? team, CancellationToken cancellation)
    {
        foreach (var benchmark in catalog.All.Select(f => f.Benchmark).Where(b => webhook.Benchmark is null || webhook.Benchmark == b.Slug))
        {
            var ranks = await SelectEntriesAsync(
                database,
                webhook,
                team,
                benchmark.Slug,
                await RankAsync(benchmark, cancellation),
                cancellation
            );
            database.Add(
                new WebhookRanks
                {
                    WebhookId = webhook.Id,
                    Benchmark = benchmark.Slug,
                    Ranks = Serialize(ranks),
                }
            );
        }
    }

    private bool IsCheckDue(string slug)
    {
        var version = results.GetVersion(slug);
        if (_checked.TryGetValue(slug, out var last) && last.Version == version && clock.GetElapsedTime(last.CheckedAt) < PollInterval)
        {
            return false;
        }

        _checked[slug] = (version, clock.GetTimestamp());
        return true;
    }

    private async Task CheckAsync(CoosDbContext database, Benchmark benchmark, List<Webhook> webhooks, CancellationToken cancellation)
    {
        var board = await RankAsync(benchmark, cancellation);
        foreach (var webhook in webhooks)
        {
            var known = await database.WebhookRanks.FirstOrDefaultAsync(
                r => r.WebhookId == webhook.Id && r.Benchmark == benchmark.Slug,
                cancellation
            );
            var before = known is null ? [] : JsonSerializer.Deserialize<Dictionary<Guid, int>>(known.Ranks, CoosJson.Options)!;
            var after = await SelectEntriesAsync(database, webhook, webhook.Account?.TeamId, benchmark.Slug, board, cancellation);
            if (
                known is not null
                && before.Count == after.Count
                && before.All(b => after.TryGetValue(b.Key, out var row) && row.Rank == b.Value)
            )
            {
                continue;
            }

            await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
            if (await TryStoreAsync(database, webhook.Id, benchmark.Slug, known, Serialize(after), cancellation))
            {
                AddMessage(database, webhook.Id, benchmark.Slug, before, after);
                await database.SaveChangesAsync(cancellation);
                await transaction.CommitAsync(cancellation);
            }
        }
    }

    private void AddMessage(
        CoosDbContext database,
        Guid webhook,
        string benchmark,
        Dictionary<Guid, int> before,
        Dictionary<Guid, RankedEntry> after
    )
    {
        // A new entry has no previous rank, so its rank did not change.
        List<RankChangeMessage> changes =
        [
            .. from old in before
            let row = after.GetValueOrDefault(old.Key)
            where row?.Rank != old.Value
            orderby row?.Rank ?? int.MaxValue, old.Value
            select new RankChangeMessage(old.Key, row?.Entry.Method, old.Value, row?.Rank),
        ];
        if (changes.Count > 0)
        {
            outbox.AddRankChanged(database, webhook, benchmark, changes);
        }
    }

    private static async Task<bool> TryStoreAsync(
        CoosDbContext database,
        Guid webhook,
        string benchmark,
        WebhookRanks? known,
        string ranks,
        CancellationToken cancellation
    )
    {
        if (known is null)
        {
            database.Add(
                new WebhookRanks
                {
                    WebhookId = webhook,
                    Benchmark = benchmark,
                    Ranks = ranks,
                }
            );
            return true;
        }

        var version = known.Version;
        return await database
                .WebhookRanks.Where(r => r.WebhookId == webhook && r.Benchmark == benchmark && r.Version == version)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Ranks, ranks).SetProperty(r => r.Version, version + 1), cancellation)
            == 1;
    }

    private async Task<IReadOnlyList<RankedEntry>> RankAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        var (entries, _) = await reader.ReadEntriesAsync(benchmark, cancellation);
        return Ranker.Rank(entries, benchmark);
    }

    /// <summary>Selects the ranked entries that a webhook covers.</summary>
    private static async Task<Dictionary<Guid, RankedEntry>> SelectEntriesAsync(
        CoosDbContext database,
        Webhook webhook,
        Guid? team,
        string benchmark,
        IReadOnlyList<RankedEntry> board,
        CancellationToken cancellation
    )
    {
        var ranked = board.Where(r => r.Rank is not null && r.Entry.Kind != SubmissionKind.Reported);
        if (webhook.IsForAll)
        {
            return ranked.ToDictionary(r => r.Entry.Id);
        }

        var own = await database
            .Submissions.Where(s => s.Benchmark == benchmark && (s.OwnerId == webhook.AccountId || (team != null && s.TeamId == team)))
            .Select(s => s.Id)
            .ToHashSetAsync(cancellation);
        return ranked.Where(r => own.Contains(r.Entry.Id)).ToDictionary(r => r.Entry.Id);
    }

    private static string Serialize(Dictionary<Guid, RankedEntry> ranks) =>
        JsonSerializer.Serialize(ranks.ToDictionary(r => r.Key, r => r.Value.Rank!.Value), CoosJson.Options);
}
