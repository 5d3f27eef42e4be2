using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>Writes and reads the log of organiser actions.</summary>
internal sealed class AuditLog(IDbContextFactory<CoosDbContext> databases, Viewer viewer, TimeProvider clock)
{
    /// <summary>Writes an entry, in the context's current transaction if it has one.</summary>
    public Task WriteAsync(CoosDbContext database, string action, string target, string? detail, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        database.Add(
            new AuditEntry
            {
                Id = Guid.CreateVersion7(now),
                At = now.UtcDateTime,
                ActorId = viewer.AccountId ?? Guid.Empty,
                Actor = viewer.Name ?? "",
                Action = action,
                Target = Truncate(target, AuditEntry.TargetLength)!,
                Detail = Truncate(detail, AuditEntry.DetailLength),
            }
        );
        return database.SaveChangesAsync(cancellation);
    }

    /// <summary>Reads the newest entries that contain a text, and counts all of them.</summary>
    public async Task<(IReadOnlyList<AuditEntry> Entries, int Total)> ReadAsync(
        string? query,
        int skip,
        int take,
        CancellationToken cancellation
    )
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var text = (query ?? "").Trim().ToLowerInvariant();
        var shown =
            text.Length == 0
                ? database.AuditEntries
                : database.AuditEntries.Where(e =>
                    e.Actor.ToLower().Contains(text)
                    || e.Action.Contains(text)
                    || e.Target.ToLower().Contains(text)
                    || (e.Detail != null && e.Detail.ToLower().Contains(text))
                );
        return (
            await shown.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Skip(skip).Take(take).ToListAsync(cancellation),
            await shown.CountAsync(cancellation)
        );
    }

    /// <summary>Truncates a text to the length of its column.</summary>
    private static string? Truncate(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
