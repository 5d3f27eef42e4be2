using System.Diagnostics;
using Coos.Models.Protocol;
using Coos.Models.Sandboxing;
using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Images;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Coos.Shared.Submissions;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Models;

/// <summary>Claims a run, runs the model and records the result. Safe to call repeatedly and from several processes.</summary>
internal sealed partial class ModelRunner(
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    ModelClaims claims,
    ModelSandbox sandbox,
    ModelImages images,
    ModelStore models,
    ModelRecorder recorder,
    SubmissionIntake intake,
    DialRun dials,
    CoosSettings settings,
    TimeProvider clock,
    ILogger<ModelRunner> logger
)
{
    /// <summary>The code of a failure that is not the model's.</summary>
    public const string ServerCode = "server";

    /// <summary>Does a run if it waits. A runner without the benchmark's images leaves it to another one.</summary>
    [Queue(ModelQueue.Name)]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(Guid id, CancellationToken cancellation)
    {
        if (
            await FindAsync(id, cancellation) is not { } found
            || !sandbox.Open().TryGet(out var opened, out _)
            || !images.Open(found.Folder).TryGet(out var splits, out _)
            || await claims.TryClaimAsync(id, cancellation) is not { } run
        )
        {
            return;
        }

        await using var lease = new RunLease(claims, run, cancellation);
        try
        {
            if (run.Attempts > ModelClaims.MaximumAttempts)
            {
                await FailAsync(
                    run,
                    ServerCode,
                    "The server stopped several times while it ran the model; ask the organiser to run it again."
                );
                return;
            }

            await RunAsync(run, found.Model, found.Folder.Benchmark, opened, splits, lease);
            Log.Done(logger, id, run.Purpose);
        }
        catch (ModelException e)
        {
            Log.ModelFailed(logger, e, id, e.Problem.Code);
            await FailAsync(run, e.Problem.Code, e.Problem.Detail);
        }
        catch (OperationCanceledException) when (lease.Token.IsCancellationRequested)
        {
            // The server stops, the submission was deleted, or another runner took over; then there is nothing to give back.
            await claims.ReleaseAsync(run, run.Attempts - 1);
            cancellation.ThrowIfCancellationRequested();
        }
        catch (Exception e)
        {
            Log.RunFailed(logger, e, id, run.Attempts);
            if (run.Attempts < ModelClaims.MaximumAttempts)
            {
                await claims.ReleaseAsync(run, run.Attempts);
                throw;
            }

            await FailAsync(
                run,
                ServerCode,
                "The server could not run the model; the cause is in its log under the id of this submission."
            );
        }
    }

    private Task FailAsync(ModelRun run, string code, string detail) => recorder.FailAsync(run, new ModelProblem(code, detail));

    private async Task<(StoredModel Model, BenchmarkFolder Folder)?> FindAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var found = await (
            from run in database.ModelRuns
            join submission in database.Submissions on run.SubmissionId equals submission.Id
            join model in database.Models on run.SubmissionId equals model.SubmissionId
            where run.Id == id
            select new { Model = model, submission.Benchmark }
        ).FirstOrDefaultAsync(cancellation);
        return found is not null && catalog.TryGet(found.Benchmark, out var folder) ? (found.Model, folder) : null;
    }

    private async Task RunAsync(
        ModelRun run,
        StoredModel model,
        Benchmark benchmark,
        Sandbox opened,
        IReadOnlyList<(Split Split, SplitImages Images)> splits,
        RunLease lease
    )
    {
        if (run.Purpose == ModelRunPurpose.Dials)
        {
            await RunDialsAsync(run, model, benchmark, opened, splits, lease);
            return;
        }

        lease.Expect(splits.Sum(s => s.Images.Shape.Count));
        var request = ModelImages.Request(benchmark, splits[0].Images.Shape, model.Length, settings.Models.Threads);
        await using var file = models.Open(model);
        using var running = opened.Load(file, request, sandbox.Limits, lease.Token);
        var start = Stopwatch.GetTimestamp();
        var files = new List<UploadedFile>();
        foreach (var (split, pictures) in splits)
        {
            var scores = SplitRun.Score(running, pictures, benchmark.Classes.Count, change: null, lease);
            var name = running.Facts.IsProbabilities ? "probabilities" : "logits";
            var archive = ScoreArchive.Write(pictures.Ids, name, scores, benchmark.Classes.Count);
            files.Add(new UploadedFile(split.Name, $"{split.Name}.npz", () => new MemoryStream(archive)));
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var execution = Describe(model, running, running.Finish(), splits.Sum(s => s.Images.Shape.Count), seconds);
        var drafts = CheckFiles(files, benchmark, lease.Token);
        await recorder.RecordAsync(run, execution, drafts, lease.Token);
    }

    private async Task RunDialsAsync(
        ModelRun run,
        StoredModel model,
        Benchmark benchmark,
        Sandbox opened,
        IReadOnlyList<(Split Split, SplitImages Images)> splits,
        RunLease lease
    )
    {
        var reference = splits.FirstOrDefault(s => s.Split.Name == benchmark.Reference);
        var count = 0;
        if (reference.Images is { } pictures)
        {
            var request = ModelImages.Request(benchmark, pictures.Shape, model.Length, settings.Models.Threads);
            await using var file = models.Open(model);
            using var running = opened.Load(file, request, sandbox.Limits, lease.Token);
            count = await dials.RunAsync(run.SubmissionId, benchmark, pictures, running, lease);
            running.Finish();
        }

        await recorder.FinishDialsAsync(run, count, lease.Token);
    }

    /// <summary>Checks the predictions as if they had been sent as files.</summary>
    private List<DraftFile> CheckFiles(List<UploadedFile> files, Benchmark benchmark, CancellationToken cancellation) =>
        intake
            .CheckFiles(files, benchmark, maximumBytes: long.MaxValue, cancellation)
            .Match(
                drafts => drafts,
                refusal =>
                    throw new ModelException(ModelProblemCodes.WrongOutput, $"the scores are not valid predictions. {Explain(refusal)}")
            );

    /// <summary>Explains by codes and counts only: the texts of problems name images and values.</summary>
    private static string Explain(Refusal refusal) =>
        refusal.Problems is { } problems
            ? string.Join(", ", problems.CountsByCode().Select(c => $"{c.Key} ({c.Value:N0})"))
            : "The labels or images of the benchmark changed while the model ran.";

    private Execution Describe(StoredModel model, RunningModel running, RunnerTotals totals, int count, double seconds)
    {
        var facts = System.Text.Json.JsonSerializer.Deserialize<ModelFacts>(model.Facts, Coos.Shared.CoosJson.Options)!;
        return new Execution
        {
            Images = count,
            Seconds = seconds,
            ImagesPerSecond = totals.Seconds > 0 ? count / totals.Seconds : 0,
            PeakMemoryBytes = totals.PeakMemoryBytes,
            ModelBytes = model.Length,
            Parameters = facts.Parameters,
            MultiplyAdds = facts.MultiplyAdds,
            Threads = settings.Models.Threads,
            Processor = Processor.Name,
            Runtime = running.Facts.Runtime,
            Sandbox = settings.Models.IsSandboxed ? "bubblewrap" : "none",
            Output = running.Facts.IsProbabilities ? "probabilities" : "logits",
            OutputDecidedBySums = running.Facts.IsDecidedBySums,
            FinishedAt = clock.GetUtcNow().UtcDateTime,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(922, LogLevel.Information, "Run {Run} is done: {Purpose}")]
        public static partial void Done(ILogger logger, Guid run, ModelRunPurpose purpose);

        [LoggerMessage(920, LogLevel.Information, "Run {Run} of a model failed: {Code}")]
        public static partial void ModelFailed(ILogger logger, Exception exception, Guid run, string code);

        [LoggerMessage(921, LogLevel.Error, "Attempt {Attempt} of run {Run} failed")]
        public static partial void RunFailed(ILogger logger, Exception exception, Guid run, int attempt);
    }
}
