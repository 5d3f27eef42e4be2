using System.Text.Json;
using Coos.Models.Protocol;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Scoring;
using Coos.Server.Submissions;
using Coos.Shared;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Models;

/// <summary>Records what a run brought: predictions, or why there are none; in one transaction, while its claim is valid.</summary>
internal sealed class ModelRecorder(
    IDbContextFactory<CoosDbContext> databases,
    EvaluationQueue evaluations,
    ResultVersions results,
    WriteLock writes,
    TimeProvider clock
)
{
    /// <summary>
    /// Records predictions. A submission that has none, or none for these images, gets them and is scored; otherwise they are compared
    /// with those that it has.
    /// </summary>
    public async Task RecordAsync(ModelRun run, Execution execution, IReadOnlyList<DraftFile> files, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        string benchmark;
        bool isNew;
        using (await writes.AcquireAsync(cancellation))
        {
            await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
            if (
                !await TryFinishAsync(database, run, execution, cancellation)
                || await database
                    .Submissions.AsTracking()
                    .Include(s => s.Files)
                    .FirstOrDefaultAsync(s => s.Id == run.SubmissionId, cancellation)
                    is not { } submission
            )
            {
                return;
            }

            benchmark = submission.Benchmark;
            isNew = await TakeAsync(database, run, submission, files, cancellation);
            database.Add(ToDialRun(run));
            await database.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        if (isNew)
        {
            evaluations.Enqueue(run.SubmissionId);
        }
        else
        {
            await results.InvalidateAsync(benchmark);
        }
    }

    /// <summary>Records that the predictions for the shift dials are stored.</summary>
    public async Task FinishDialsAsync(ModelRun run, int images, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        using (await writes.AcquireAsync(cancellation))
        {
            await ModelClaims
                .Own(database, run)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(r => r.Status, ModelRunStatus.Done)
                            .SetProperty(r => r.ImagesDone, images)
                            .SetProperty(r => r.ImagesTotal, images)
                            .SetProperty(r => r.FinishedAt, now),
                    cancellation
                );
        }

        // Pages that are kept show the curves.
        var benchmark = await database
            .Submissions.Where(s => s.Id == run.SubmissionId)
            .Select(s => s.Benchmark)
            .FirstOrDefaultAsync(cancellation);
        if (benchmark is not null)
        {
            await results.InvalidateAsync(benchmark);
        }
    }

    /// <summary>Records why a run has no result. A submission that has nothing else fails with it.</summary>
    public async Task FailAsync(ModelRun run, ModelProblem problem)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var detail = problem.Detail.Length <= ModelRun.DetailLength ? problem.Detail : problem.Detail[..ModelRun.DetailLength];
        var failure = $"The model could not be run ({problem.Code}): {detail}";
        failure = failure.Length <= Submission.FailureLength ? failure : failure[..Submission.FailureLength];
        await using var database = await databases.CreateDbContextAsync(CancellationToken.None);
        using var taken = await writes.AcquireAsync(CancellationToken.None);
        await using var transaction = await database.Database.BeginTransactionAsync(CancellationToken.None);
        var ended = await ModelClaims
            .Own(database, run)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(r => r.Status, ModelRunStatus.Failed)
                    .SetProperty(r => r.Code, problem.Code)
                    .SetProperty(r => r.Detail, detail)
                    .SetProperty(r => r.FinishedAt, now)
            );
        if (ended > 0)
        {
            await database
                .Submissions.Where(s => s.Id == run.SubmissionId && s.Status == SubmissionStatus.Running)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(s => s.Status, SubmissionStatus.Failed)
                        .SetProperty(s => s.Failure, failure)
                        .SetProperty(s => s.FailedAt, now)
                );
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    private async Task<bool> TryFinishAsync(CoosDbContext database, ModelRun run, Execution execution, CancellationToken cancellation)
    {
        var (now, json) = (clock.GetUtcNow().UtcDateTime, JsonSerializer.Serialize(execution, CoosJson.Options));
        return await ModelClaims
                .Own(database, run)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(r => r.Status, ModelRunStatus.Done)
                            .SetProperty(r => r.Execution, json)
                            .SetProperty(r => r.ImagesDone, execution.Images)
                            .SetProperty(r => r.ImagesTotal, execution.Images)
                            .SetProperty(r => r.FinishedAt, now),
                    cancellation
                ) > 0;
    }

    /// <returns>Whether the submission has new predictions, which are to be scored.</returns>
    private async Task<bool> TakeAsync(
        CoosDbContext database,
        ModelRun run,
        Submission submission,
        IReadOnlyList<DraftFile> files,
        CancellationToken cancellation
    )
    {
        var had = submission.Files.ToDictionary(f => f.Split);
        var agreement = files
            .Where(f => had.TryGetValue(f.Split, out var old) && old.ImagesHash.AsSpan().SequenceEqual(f.ImagesHash))
            .Select(f => new ModelAgreement(f.Split, f.Classes.Length, CountDifferent(f.Classes, had[f.Split].Classes)))
            .ToList();
        if (agreement.Count > 0)
        {
            var json = JsonSerializer.Serialize<IReadOnlyList<ModelAgreement>>(agreement, CoosJson.Options);
            await database
                .ModelRuns.Where(r => r.Id == run.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Agreement, json), cancellation);
        }

        // What a participant sent as files stays as it was sent.
        var isOfFiles = had.Count > 0 && !submission.IsRunHere;
        if (isOfFiles)
        {
            submission.IsRunHere = agreement.Count == had.Count && agreement.All(a => a.IsConfirmed);
            return false;
        }

        var added = files.Where(f => agreement.All(a => a.Split != f.Split)).ToList();
        foreach (var file in added)
        {
            if (had.TryGetValue(file.Split, out var old))
            {
                database.Remove(old);
                await database.SaveChangesAsync(cancellation);
            }

            database.Add(SubmissionStore.ToRow(file, clock.GetUtcNow(), submission.Id));
        }

        submission.IsRunHere = true;
        if (added.Count > 0)
        {
            submission.Status = SubmissionStatus.Received;
            submission.ClaimedAt = null;
            submission.Attempts = 0;
        }

        return added.Count > 0;
    }

    /// <summary>The run of the shift dials, which follows that of the predictions.</summary>
    private ModelRun ToDialRun(ModelRun run)
    {
        var now = clock.GetUtcNow();
        return new ModelRun
        {
            Id = Guid.CreateVersion7(now),
            SubmissionId = run.SubmissionId,
            Purpose = ModelRunPurpose.Dials,
            RequestedAt = now.UtcDateTime,
        };
    }

    private static int CountDifferent(ushort[] run, ushort[] file) => run.Zip(file).Count(p => p.First != p.Second);
}
