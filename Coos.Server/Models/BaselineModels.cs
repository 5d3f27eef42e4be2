using System.Security.Cryptography;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Submissions;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Models;

/// <summary>
/// Imports the models of baselines, <c>model.onnx</c> beside <c>run.json</c>, and queues their runs, which confirm the predictions that
/// the baselines came with.
/// </summary>
internal sealed partial class BaselineModels(
    BenchmarkCatalog catalog,
    ModelIntake intake,
    ModelStore models,
    IDbContextFactory<CoosDbContext> databases,
    WriteLock writes,
    TimeProvider clock,
    ILogger<BaselineModels> logger
)
{
    private const string FileName = "model.onnx";

    private readonly Dictionary<string, DateTime> _seen = [];

    /// <summary>Imports the models that are new or were changed since the last call.</summary>
    public async Task ImportAsync(CancellationToken cancellation)
    {
        // A runner without a benchmark's images leaves its models to one that has them.
        foreach (var folder in catalog.All.Where(f => intake.Refuse(f) is null))
        {
            foreach (var baseline in Find(folder))
            {
                var path = Path.Combine(Path.GetDirectoryName(baseline.RunPath)!, FileName);
                var file = new FileInfo(path);
                if (file.Exists && (!_seen.TryGetValue(path, out var time) || time != file.LastWriteTimeUtc))
                {
                    if (await ImportAsync(folder.Benchmark, baseline.Name, path, cancellation))
                    {
                        _seen[path] = file.LastWriteTimeUtc;
                    }
                }
            }
        }
    }

    private static IReadOnlyList<BaselineFolder> Find(BenchmarkFolder folder)
    {
        try
        {
            return BaselineFolder.FindAll(folder.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The import of the predictions reports it.
            return [];
        }
    }

    /// <returns>Whether the model was dealt with; false if its baseline is not imported yet.</returns>
    private async Task<bool> ImportAsync(Benchmark benchmark, string name, string path, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var submission = await database
            .Submissions.Where(s => s.Benchmark == benchmark.Slug && s.Baseline != null && s.Baseline.Name == name)
            .Where(s => s.Baseline!.State == BaselineState.Current)
            .Select(s => (Guid?)s.Id)
            .FirstOrDefaultAsync(cancellation);
        if (submission is not { } id)
        {
            return false;
        }

        await using var stream = File.OpenRead(path);
        var hash = ContentHash.Format(await SHA256.HashDataAsync(stream, cancellation));
        if (await database.Models.AnyAsync(m => m.SubmissionId == id && m.Hash == hash, cancellation))
        {
            return true;
        }

        var upload = new UploadedFile(SubmissionRequest.ModelPart, FileName, () => File.OpenRead(path));
        if (!(await intake.CheckAsync(upload, benchmark.Slug, cancellation)).TryGet(out var facts, out var refusal))
        {
            Log.NotImported(logger, benchmark.Slug, name, refusal.Fields is [var field, ..] ? field.Message : refusal.Detail);
            return true;
        }

        stream.Position = 0;
        var model = await models.InsertAsync(stream, facts, cancellation);
        await ReplaceAsync(database, id, model.Id, cancellation);
        Log.Imported(logger, benchmark.Slug, name);
        return true;
    }

    private async Task ReplaceAsync(CoosDbContext database, Guid submission, Guid model, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        using var taken = await writes.AcquireAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        await database.Models.Where(m => m.SubmissionId == submission).ExecuteDeleteAsync(cancellation);
        await database.ModelRuns.Where(r => r.SubmissionId == submission).ExecuteDeleteAsync(cancellation);
        await database
            .Models.Where(m => m.Id == model)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.SubmissionId, submission), cancellation);
        database.Add(
            new ModelRun
            {
                Id = Guid.CreateVersion7(now),
                SubmissionId = submission,
                Purpose = ModelRunPurpose.Predictions,
                RequestedAt = now.UtcDateTime,
            }
        );
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(930, LogLevel.Information, "The model of baseline {Benchmark}/{Name} was imported")]
        public static partial void Imported(ILogger logger, string benchmark, string name);

        [LoggerMessage(931, LogLevel.Error, "The model of baseline {Benchmark}/{Name} was not imported: {Problem}")]
        public static partial void NotImported(ILogger logger, string benchmark, string name, string problem);
    }
}
