using System.Security.Cryptography;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Problems;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>Stores validated files until they are submitted, deleted or expire after a day.</summary>
internal sealed class UploadStore(IDbContextFactory<CoosDbContext> databases, CoosSettings settings, WriteLock writes, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>
    /// How long uploads are kept after their submission. If the response is lost, the client can send the submission again and
    /// learns that it was stored.
    /// </summary>
    private static readonly TimeSpan RetentionAfterSubmission = TimeSpan.FromMinutes(15);

    /// <summary>Stores a file, unless the pending uploads of its owner would exceed the size limit.</summary>
    public async Task<Result<Upload>> InsertAsync(CheckedUpload file, string owner, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        using var taken = await writes.AcquireAsync(cancellation);
        await database.Uploads.Where(u => u.ExpiresAt <= now).ExecuteDeleteAsync(cancellation);
        var used = await database.Uploads.Where(u => u.Owner == owner).SumAsync(u => u.Bytes, cancellation);
        if (used + file.Bytes > settings.MaxPendingUploadBytes)
        {
            return SizeLimitExceeded(used, file.Bytes);
        }

        var row = new Upload
        {
            Id = new Guid(RandomNumberGenerator.GetBytes(16)),
            Benchmark = file.Benchmark.Slug,
            Owner = owner,
            Bytes = file.Bytes,
            ExpiresAt = now + Lifetime,
            Splits = [.. file.Files.Select(ToRow)],
        };
        database.Add(row);
        await database.SaveChangesAsync(cancellation);
        return row;
    }

    /// <summary>Loads uploads with their predictions. Expired uploads and those of other accounts are omitted.</summary>
    public async Task<IReadOnlyList<Upload>> LoadAsync(IReadOnlyList<Guid> ids, string owner, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await UsableBy(database, owner, ids).AsNoTracking().Include(u => u.Splits).ToListAsync(cancellation);
    }

    /// <summary>Deletes an upload.</summary>
    /// <returns>Whether it existed.</returns>
    public async Task<bool> DeleteAsync(Guid id, string owner, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        using var taken = await writes.AcquireAsync(cancellation);
        return await UsableBy(database, owner, [id]).ExecuteDeleteAsync(cancellation) > 0;
    }

    /// <summary>Shortens the lifetime of submitted uploads.</summary>
    public async Task ExpireSoonAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return;
        }

        var end = clock.GetUtcNow().UtcDateTime + RetentionAfterSubmission;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        using var taken = await writes.AcquireAsync(cancellation);
        await database
            .Uploads.Where(u => ids.Contains(u.Id) && u.ExpiresAt > end)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.ExpiresAt, end), cancellation);
    }

    /// <summary>Deletes expired uploads.</summary>
    public async Task DeleteExpiredAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        using var taken = await writes.AcquireAsync(cancellation);
        await database.Uploads.Where(u => u.ExpiresAt <= now).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>
    /// Filters the uploads that an owner may use. Without an account, the id is the only proof of ownership: the IP address is
    /// not compared, because it may change while the form is being filled in.
    /// </summary>
    private IQueryable<Upload> UsableBy(CoosDbContext database, string owner, IReadOnlyList<Guid> ids)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return database.Uploads.Where(u =>
            ids.Contains(u.Id) && u.ExpiresAt > now && (u.Owner == owner || u.Owner.StartsWith(UploadService.AddressPrefix))
        );
    }

    private static UploadedSplit ToRow(DraftFile file) =>
        new()
        {
            Split = file.Split,
            Classes = file.Classes,
            ImagesHash = file.ImagesHash,
            Hash = file.Hash,
            HasProbabilities = file.HasProbabilities,
            Original = file.Original,
        };

    private Refusal SizeLimitExceeded(long used, long added) =>
        new(
            RefusalKind.TooLarge,
            "Too many uploads",
            $"Nothing was stored. Your pending uploads have {used:N0} bytes and this file has {added:N0}; "
                + $"{settings.MaxPendingUploadBytes:N0} are allowed in total. Submit or delete some (DELETE /api/uploads/ID), "
                + "or wait until they expire after a day."
        );
}
