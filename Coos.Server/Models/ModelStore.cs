using System.Security.Cryptography;
using System.Text.Json;
using Coos.Models.Protocol;
using Coos.Server.Data;
using Coos.Server.Submissions;
using Coos.Shared;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Models;

/// <summary>Keeps model files in the database, where all processes find them and one backup has them.</summary>
internal sealed class ModelStore(IDbContextFactory<CoosDbContext> databases, WriteLock writes, TimeProvider clock)
{
    /// <summary>How long a model waits for its submission, which follows within seconds.</summary>
    private static readonly TimeSpan OrphanTime = TimeSpan.FromHours(1);

    /// <summary>Stores a file, each part in a transaction of its own.</summary>
    /// <param name="file">The file, from its beginning.</param>
    /// <param name="facts">What the runner found out about it.</param>
    /// <param name="cancellation">Ends the work; what was stored is deleted.</param>
    public async Task<DraftModel> InsertAsync(Stream file, ModelFacts facts, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var hash = ContentHash.Format(await SHA256.HashDataAsync(file, cancellation));
        file.Position = 0;
        var model = new StoredModel
        {
            Id = Guid.CreateVersion7(now),
            Hash = hash,
            Length = file.Length,
            Facts = JsonSerializer.Serialize(facts, CoosJson.Options),
            CreatedAt = now.UtcDateTime,
        };
        await AddAsync(model, cancellation);
        try
        {
            await AddChunksAsync(model.Id, file, cancellation);
        }
        catch
        {
            await DeleteAsync(model.Id, CancellationToken.None);
            throw;
        }

        return new DraftModel(model.Id, hash);
    }

    /// <summary>Opens the file of a model.</summary>
    public Stream Open(StoredModel model) => new ModelStream(databases, model.Id);

    /// <summary>Deletes a model that no submission has.</summary>
    public async Task DeleteAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        using var taken = await writes.AcquireAsync(cancellation);
        await database.Models.Where(m => m.Id == id && m.SubmissionId == null).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Deletes models whose submission never came.</summary>
    public async Task DeleteOrphansAsync(CancellationToken cancellation)
    {
        var oldest = clock.GetUtcNow().UtcDateTime - OrphanTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (await database.Models.AnyAsync(m => m.SubmissionId == null && m.CreatedAt < oldest, cancellation))
        {
            using var taken = await writes.AcquireAsync(cancellation);
            await database.Models.Where(m => m.SubmissionId == null && m.CreatedAt < oldest).ExecuteDeleteAsync(cancellation);
        }
    }

    private async Task AddAsync(object row, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        using var taken = await writes.AcquireAsync(cancellation);
        database.Add(row);
        await database.SaveChangesAsync(cancellation);
    }

    private async Task AddChunksAsync(Guid model, Stream file, CancellationToken cancellation)
    {
        var buffer = new byte[ModelChunk.Size];
        for (var index = 0; ; index++)
        {
            var read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            if (read == 0)
            {
                return;
            }

            await AddAsync(
                new ModelChunk
                {
                    ModelId = model,
                    Index = index,
                    Content = buffer[..read],
                },
                cancellation
            );
        }
    }
}
