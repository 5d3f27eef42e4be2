using Coos.Web.Accounts;
using Coos.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Web.Organise;

/// <summary>Writes and reads what organisers did.</summary>
internal sealed class AuditLog(Viewer viewer, TimeProvider clock)
{
    /// <summary>Writes an entry, in the transaction of the context, where there is one.</summary>
    public Task WriteAsync(CoosDbContext database, string action, string target, string? detail, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        database.Add(new AuditEntry
        {
            Id = Guid.CreateVersion7(now),
            At = now.UtcDateTime,
            ActorId = viewer.AccountId ?? Guid.Empty,
            Actor = viewer.Name ?? "",
            Action = action,
            Target = Shorten(target, AuditEntry.TargetLength)!,
            Detail = Shorten(detail, AuditEntry.DetailLength),
        });
        return database.SaveChangesAsync(cancellation);
    }

    /// <summary>The newest entries.</summary>
    public static Task<List<AuditEntry>> ReadAsync(CoosDbContext database, int skip, int take, CancellationToken cancellation) =>
        database.AuditEntries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Skip(skip).Take(take).ToListAsync(cancellation);

    private static string? Shorten(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
