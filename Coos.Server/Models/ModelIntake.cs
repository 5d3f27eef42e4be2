using Coos.Models.Protocol;
using Coos.Models.Sandboxing;
using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;

namespace Coos.Server.Models;

/// <summary>Checks a model file, before anything is stored and any quota is used.</summary>
internal sealed partial class ModelIntake(
    BenchmarkCatalog catalog,
    ModelSandbox sandbox,
    ModelImages images,
    CoosSettings settings,
    ILogger<ModelIntake> logger
) : IDisposable
{
    /// <summary>How long the check may take: it loads the model and scores two made-up images.</summary>
    private static readonly TimeSpan CheckTime = TimeSpan.FromMinutes(1);

    /// <summary>One check at a time: each may use the memory of a whole run.</summary>
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Returns the reason why models cannot be submitted to a benchmark; null if they can.</summary>
    public Refusal? Refuse(BenchmarkFolder folder) =>
        !sandbox.Open().TryGet(out _, out var refusal) || !images.Open(folder).TryGet(out _, out refusal) ? refusal : null;

    /// <summary>Checks a model.</summary>
    /// <param name="file">The file.</param>
    /// <param name="slug">The benchmark.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <returns>What the model is, or the refusal.</returns>
    public async Task<Result<ModelFacts>> CheckAsync(UploadedFile file, string slug, CancellationToken cancellation)
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return catalog.Unknown(slug);
        }

        if (!sandbox.Open().TryGet(out var opened, out var refusal) || !images.Open(folder).TryGet(out var splits, out refusal))
        {
            return refusal;
        }

        using var stream = file.Open();
        if (stream.Length > settings.Models.MaxBytes)
        {
            return TooLarge(stream.Length);
        }

        var head = new byte[ModelFileKind.HeadBytes];
        var read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        if (ModelFileKind.Explain(head.AsSpan(0, read)) is { } other)
        {
            return Invalid(new ModelProblem(ModelProblemCodes.InvalidModel, other));
        }

        stream.Position = 0;
        var request = ModelImages.Request(folder.Benchmark, splits[0].Images.Shape, stream.Length, settings.Models.Threads);
        await _gate.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Check(opened, stream, request with { CountsWork = true }, cancellation), cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private Result<ModelFacts> Check(Sandbox opened, Stream stream, RunnerRequest request, CancellationToken cancellation)
    {
        var limits = sandbox.Limits with { Time = settings.Models.Time < CheckTime ? settings.Models.Time : CheckTime };
        try
        {
            using var model = opened.Load(stream, request, limits, cancellation);
            return model.Facts;
        }
        catch (ModelException e)
        {
            Log.Refused(logger, e, e.Problem.Code);
            return Invalid(e.Problem);
        }
        catch (SandboxException e)
        {
            Log.NotChecked(logger, e);
            return new Refusal(
                RefusalKind.Unavailable,
                "The model could not be checked",
                "Nothing was stored. The sandbox did not start; try again, or ask the organiser, who finds the cause in the server's log."
            );
        }
    }

    private static Refusal Invalid(ModelProblem problem) =>
        Refusal.BadFields(new FieldProblem(SubmissionRequest.ModelPart, problem.Code, problem.Detail)) with
        {
            Title = "The model cannot be run",
        };

    private Refusal TooLarge(long length) =>
        new(
            RefusalKind.TooLarge,
            "The model is too large",
            $"Nothing was stored. The model has {length:N0} bytes; at most {settings.Models.MaxBytes:N0} are allowed. "
                + "Store its weights as 16-bit numbers, or remove what only training needs."
        );

    private static partial class Log
    {
        [LoggerMessage(901, LogLevel.Information, "A model was refused: {Code}")]
        public static partial void Refused(ILogger logger, Exception exception, string code);

        [LoggerMessage(902, LogLevel.Error, "A model could not be checked because the sandbox did not start")]
        public static partial void NotChecked(ILogger logger, Exception exception);
    }
}
