using System.Security.Cryptography;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Problems;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>Stores checked files until they are submitted, deleted or a day old.</summary>
internal sealed class UploadStore(IDbContextFactory<CoosDbContext> databases, CoosSettings settings, WriteLock writes, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>
    /// How long uploads are kept after their submission. If the answer to the submission is lost, the client can repeat it and
    /// learns that it arrived.
    /// </summary>
    private static readonly TimeSpan KeptAfterSubmission = TimeSpan.FromMinutes(15);

    /// <summary>Stores a file, unless its owner would have more than the size limit in uploads.</summary>
    public async Task<Result<Upload>> InsertAsync(CheckedUpload file, string owner, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        using var taken = await writes.AcquireAsync(cancellation);
        await database.Uploads.Where(u => u.ExpiresAt <= now).ExecuteDeleteAsync(cancellation);
        var used = await database.Uploads.Where(u => u.Owner == owner).SumAsync(u => u.Bytes, cancellation);
        if (used + file.Bytes > settings.MaxPendingUploadBytes)
        {
            return TooMuch(used, file.Bytes);
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

    /// <summary>Loads uploads with their predictions; those of other accounts and expired ones are left out.</summary>
    public async Task<IReadOnlyList<Upload>> LoadAsync(IReadOnlyList<Guid> ids, string owner, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await Usable(database, ids, owner).AsNoTracking().Include(u => u.Splits).ToListAsync(cancellation);
    }

    /// <summary>Deletes an upload.</summary>
    /// <returns>Whether it existed.</returns>
    public async Task<bool> DeleteAsync(Guid id, string owner, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        using var taken = await writes.AcquireAsync(cancellation);
        return await Usable(database, [id], owner).ExecuteDeleteAsync(cancellation) > 0;
    }

    /// <summary>Lets submitted uploads expire soon.</summary>
    public async Task ExpireSoonAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return;
        }

        var end = clock.GetUtcNow().UtcDateTime + KeptAfterSubmission;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        using var taken = await writes.AcquireAsync(cancellation);
        await database
            .Uploads.Where(u => ids.Contains(u.Id) && u.ExpiresAt > end)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.ExpiresAt, end), cancellation);
    }

    /// <summary>Deletes the uploads that are past their time.</summary>
    public async Task DeleteExpiredAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        using var taken = await writes.AcquireAsync(cancellation);
        await database.Uploads.Where(u => u.ExpiresAt <= now).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>
    /// An upload without an account belongs to whoever knows its id. The address is not asked, because it may change while
    /// somebody fills in the form.
    /// </summary>
    private IQueryable<Upload> Usable(CoosDbContext database, IReadOnlyList<Guid> ids, string owner)
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

    private Refusal TooMuch(long used, long more) =>
        new(
            RefusalKind.TooLarge,
            "Too many uploads",
            $"Nothing was stored. Your uploads of the last day that are not submitted take {used:N0} bytes, and this file takes {more:N0}; "
                + $"{settings.MaxPendingUploadBytes:N0} are allowed. Submit or delete some (DELETE /api/uploads/ID), "
                + "or wait until they expire after a day."
        );
}
